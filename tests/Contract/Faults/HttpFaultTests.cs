using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Faults;
using Xunit;

namespace KubeSa.Contract.Faults;

public sealed class HttpFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultNames.Forbidden, HttpStatusCode.Forbidden, "is forbidden")]
    [InlineData(FaultNames.Html, HttpStatusCode.OK, "<!DOCTYPE html>")]
    [InlineData(FaultNames.BadGateway, HttpStatusCode.BadGateway, "502 Bad Gateway")]
    public async Task Answers_once_and_then_as_usual(string fault, HttpStatusCode status, string text)
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(fault) { Times = 1 });

        using var first = await client.Http.GetAsync(FaultClient.Accounts, Stop);
        Assert.Equal(status, first.StatusCode);
        Assert.Contains(text, await first.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        using var second = await client.Http.GetAsync(FaultClient.Accounts, Stop);
        Assert.Contains("ServiceAccountList", await second.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultNames.TooManyRequests, 429)]
    [InlineData(FaultNames.Unavailable, 503)]
    public async Task Says_when_to_try_again(string fault, int status)
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(fault) { RetryAfterSeconds = 7 });
        using var response = await client.Http.GetAsync(FaultClient.Accounts, Stop);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Refuses_an_update_but_not_a_read_as_a_conflict()
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(FaultNames.Conflict) { Times = 1 });
        using var read = await client.Http.GetAsync($"{FaultClient.Accounts}/account-00", Stop);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var patch = new StringContent("{}", Encoding.UTF8, "application/merge-patch+json");
        using var refused = await client.Http.PatchAsync($"{FaultClient.Accounts}/account-00", patch, Stop);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task Expires_a_list_in_the_middle_and_says_how_to_go_on()
    {
        await using var client = await FaultClient.StartAsync();
        var first = JsonNode.Parse(await client.Http.GetStringAsync($"{FaultClient.Accounts}?limit=5", Stop))!;
        client.Server.Faults.Set(new Fault(FaultNames.ExpiredList));
        using var gone = await client.Http.GetAsync($"{FaultClient.Accounts}?limit=5&continue={first["metadata"]!["continue"]}", Stop);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        var fresh = JsonNode.Parse(await gone.Content.ReadAsStringAsync(Stop))!["metadata"]!["continue"];
        var rest = JsonNode.Parse(await client.Http.GetStringAsync($"{FaultClient.Accounts}?continue={fresh}", Stop))!;
        Assert.Equal("account-05", (string?)rest["items"]![0]!["metadata"]!["name"]);
    }

    [Fact]
    public async Task Cuts_the_JSON_in_half()
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(FaultNames.TruncatedJson));
        using var response = await client.Http.GetAsync(FaultClient.Accounts, Stop);
        var body = await response.Content.ReadAsStringAsync(Stop);
        Assert.StartsWith("{\"kind\":\"ServiceAccountList\"", body, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(body));
    }

    [Fact]
    public async Task Breaks_the_connection_inside_the_body()
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(FaultNames.ResetBody));
        using var response = await client.Http.GetAsync(FaultClient.Accounts, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Stalls_inside_the_body_until_it_is_switched_off()
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(FaultNames.StallBody));
        using var response = await client.Http.GetAsync(FaultClient.Accounts, HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        Assert.True(await body.ReadAsync(new byte[16], Stop) > 0);
        var rest = new StreamReader(body).ReadToEndAsync(Stop);
        Assert.False(rest.IsCompleted);
        client.Server.Faults.Clear();
        Assert.EndsWith("]}\n", await rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_answer_until_it_is_switched_off()
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(FaultNames.Stall));
        var answer = client.Http.GetStringAsync(FaultClient.Accounts, Stop);
        using var switched = await client.Http.DeleteAsync("/sandbox/faults", Stop);
        Assert.Equal(HttpStatusCode.OK, switched.StatusCode);
        Assert.Contains("ServiceAccountList", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_its_time_for_each_page()
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(FaultNames.SlowPages) { Milliseconds = 300 });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await client.Http.GetStringAsync($"{FaultClient.Accounts}?limit=5", Stop);
        Assert.True(watch.ElapsedMilliseconds >= 290);
    }

    [Fact]
    public async Task Refuses_the_mounted_token_until_there_is_another()
    {
        await using var client = await FaultClient.StartAsync();
        var old = await TokenAsync(client, 3600);
        client.Server.Faults.Set(new Fault(FaultNames.RejectedToken) { Token = old });
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, old));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, await TokenAsync(client, 7200)));
    }

    [Fact]
    public async Task Loses_its_store()
    {
        await using var client = await FaultClient.StartAsync();
        client.Server.Faults.Set(new Fault(FaultNames.StoreDown));
        using var ready = await client.Http.GetAsync("/readyz", Stop);
        Assert.Contains("[-]etcd failed: reason withheld", await ready.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.GetStringAsync(FaultClient.Accounts, Stop));
    }

    private static async Task<string> TokenAsync(FaultClient client, int seconds)
    {
        using var body = new StringContent($$"""{"spec": {"expirationSeconds": {{seconds}} } }""", Encoding.UTF8, "application/json");
        using var response = await client.Http.PostAsync($"{FaultClient.Accounts}/account-00/token", body, Stop);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!["status"]!["token"]!;
    }

    // Without a client certificate: a token counts only where there is none.
    private static async Task<HttpStatusCode> AskAsync(FaultClient client, string token)
    {
        using var http = client.NewClient(asAdministrator: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Stop);
        return response.StatusCode;
    }
}
