using System.IO.Compression;
using System.Text;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Http;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>A server, or what stands in between, that sends without end fills neither memory nor time.</summary>
public sealed class AnswerBoundsTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    [Fact]
    public async Task A_body_without_end_is_given_up_at_the_limit()
    {
        var sent = 0L;
        await using var server = WireServer.Plain(_ => new WireReply(200, string.Empty)
        {
            Raw = async (stream, stop) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Head + "Connection: close\r\n\r\n{\"kind\":\""), stop);
                var piece = Enumerable.Repeat((byte)'a', 1024 * 1024).ToArray();
                while (true)
                {
                    await stream.WriteAsync(piece, stop);
                    sent += piece.Length;
                }
            },
        });
        await FailsAsync(server);

        // What lies in the buffers of the sockets comes on top.
        Assert.InRange(sent, BodyHandler.LongestAnswer / 2, 2L * BodyHandler.LongestAnswer);
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_gigabyte_is_given_up_at_the_limit()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var piece = Enumerable.Repeat((byte)' ', 1024 * 1024).ToArray();
            for (var i = 0; i < 1024; i++)
            {
                await gzip.WriteAsync(piece, TestContext.Current.CancellationToken);
            }
        }

        await using var server = WireServer.Plain(_ => new WireReply(200, string.Empty)
        {
            Raw = async (stream, stop) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Head}Content-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), stop);
                await stream.WriteAsync(packed.GetBuffer().AsMemory(0, (int)packed.Length), stop);
            },
        });
        await FailsAsync(server);
    }

    [Fact]
    public async Task A_length_beyond_the_limit_is_refused_before_anything_is_read()
    {
        await using var server = WireServer.Plain(_ => new WireReply(200, string.Empty)
        {
            Raw = async (stream, stop) => await stream.WriteAsync(Encoding.ASCII.GetBytes(Head + $"Content-Length: {100L * 1024 * 1024 * 1024}\r\n\r\n{{"), stop),
        });
        await FailsAsync(server);
    }

    [Theory]
    [InlineData(1000, 1000, true)]
    [InlineData(1000, 1001, false)]
    [InlineData(BodyHandler.LongestAnswer + 10, BodyHandler.LongestAnswer + 10, true)]
    [InlineData(null, BodyHandler.LongestAnswer + 10, false)]
    public async Task A_request_may_ask_for_another_limit(int? limit, int length, bool isRead)
    {
        await using var server = WireServer.Plain(_ => new WireReply(200, string.Empty)
        {
            Raw = async (stream, stop) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Head}Connection: close\r\n\r\n"), stop);
                await stream.WriteAsync(new byte[length], stop);
            },
        });
        using var api = Connect(server);
        var answer = api.SendAsync(new RestRequest("GET", "/version") { MaximumSize = limit }, CallContext.None);
        if (isRead)
        {
            Assert.Equal(length, (await answer).Body.Length);
        }
        else
        {
            Assert.Equal(FailureKind.ProtocolError, (await Assert.ThrowsAsync<KubeApiException>(() => answer)).Kind);
        }
    }

    [Fact]
    public async Task Of_a_refusal_without_end_the_code_is_told()
    {
        await using var server = WireServer.Plain(_ => new WireReply(403, string.Empty)
        {
            Raw = async (stream, stop) =>
            {
                await stream.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"message\":\""u8.ToArray(), stop);
                var piece = Enumerable.Repeat((byte)'a', 1024 * 1024).ToArray();
                while (true)
                {
                    await stream.WriteAsync(piece, stop);
                }
            },
        });
        using var api = Connect(server);
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", CallContext.None));
        Assert.Equal((FailureKind.Forbidden, 403), (failure.Kind, failure.StatusCode));
        Assert.InRange(failure.Message.Length, 0, 10_000);
    }

    [Theory]
    [InlineData("a,a")]
    [InlineData("a,b,c,a")]
    public async Task A_list_whose_pages_come_again_ends_with_an_error_behind_all_that_was_sent(string tokens)
    {
        var left = new Queue<string>(tokens.Split(','));
        var asked = 0;
        await using var server = WireServer.Plain(_ => WireReply.Accounts("team-a", [$"n{asked++:D3}"], left.Count > 0 ? left.Dequeue() : "never"));
        using var api = Connect(server);
        var names = new List<string>();
        var failure = await Assert.ThrowsAsync<KubeApiException>(async () =>
        {
            await foreach (var page in api.ListServiceAccountsAsync(new ListQuery("team-a"), CallContext.None))
            {
                names.AddRange(page.Items.Select(account => account.Name));
            }
        });
        Assert.Equal(FailureKind.ProtocolError, failure.Kind);
        Assert.Equal(tokens.Split(',').Length, names.Count);
        Assert.Equal(tokens.Split(',').Length, asked);
    }

    [Fact]
    public async Task A_list_that_expires_between_pages_with_nothing_new_ends_with_an_error()
    {
        var expire = true;
        await using var server = WireServer.Plain(_ => (expire = !expire)
            ? WireReply.Failure(410, "Expired", "too old", metadata: """{"continue":"again"}""")
            : WireReply.Accounts("team-a", ["a"], "next"));
        using var api = Connect(server);
        var failure = await Assert.ThrowsAsync<KubeApiException>(async () =>
        {
            await foreach (var page in api.ListServiceAccountsAsync(new ListQuery("team-a"), CallContext.None))
            {
            }
        });
        Assert.Equal(FailureKind.ServerError, failure.Kind);
    }

    private static IKubeApi Connect(WireServer server) => new KubeGateway().Connect(
        new ConnectionOptions { Source = ConnectionSource.Explicit, Server = server.Url, Timeout = TimeSpan.FromMinutes(2) });

    private static async Task FailsAsync(WireServer server)
    {
        using var api = Connect(server);
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", CallContext.None));
        Assert.Equal(FailureKind.ProtocolError, failure.Kind);
        Assert.Contains($"{BodyHandler.LongestAnswer / 1024 / 1024} MB", failure.Message, StringComparison.Ordinal);
    }
}
