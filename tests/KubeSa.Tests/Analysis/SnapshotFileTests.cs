using System.IO.Compression;
using System.Text;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Analysis;

/// <summary>What is written is what is read, and what is no snapshot, or a hostile one, is said to be so.</summary>
public sealed class SnapshotFileTests : IDisposable
{
    private const string Head = """{"schema":"kubesa.snapshot/1","takenAt":"2026-01-02T03:04:05Z","cluster":{"name":"c","server":"https://c"}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-snapshots").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.json")]
    [InlineData("a.json.gz")]
    public async Task What_is_written_is_read(string name)
    {
        var bytes = await SnapshotFile.BytesAsync(name, SmallSnapshot.Full, CancellationToken.None);
        Assert.Equal(name.EndsWith(".gz", StringComparison.Ordinal), bytes is [0x1f, 0x8b, ..]);
        var path = Path.Combine(_folder, "any-name");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        var read = await SnapshotFile.ReadAsync(path, CancellationToken.None);
        Assert.Equal(await SnapshotFile.BytesAsync("x", SmallSnapshot.Full, CancellationToken.None), await SnapshotFile.BytesAsync("x", read, CancellationToken.None));
        Assert.Equivalent(SmallSnapshot.Full, read);
        Assert.Equal(SmallSnapshot.Full.Policy.RulesFor("shop", "web").Count(), read.Policy.RulesFor("shop", "web").Count());
    }

    [Theory]
    [InlineData("", "not a snapshot")]
    [InlineData("null", "empty")]
    [InlineData("[]", "not a snapshot")]
    [InlineData("{}", "not a snapshot")]
    [InlineData("""{"schema":"kubesa.snapshot/2","takenAt":"2026-01-02T03:04:05Z","cluster":{"name":"c","server":"https://c"}}""", "schema")]
    [InlineData("""{"schema":"kubesa.snapshot/1","takenAt":"0001-01-02T03:04:05Z","cluster":{"name":"c","server":"https://c"}}""", "time")]
    [InlineData("""{"schema":"kubesa.snapshot/1","takenAt":"2026-01-02T03:04:05Z","cluster":null}""", "cluster")]
    [InlineData(Head + ""","pods":[null]}""", "pods")]
    [InlineData(Head + ""","pods":null}""", "pods")]
    [InlineData(Head + ""","pods":[{"kind":"Pod","name":"x"}]}""", "namespace")]
    [InlineData(Head + ""","pods":[{"kind":"Pod","namespace":"n","name":null}]}""", "name")]
    [InlineData(Head + ""","pods":[{"kind":"Pod","namespace":"n","name":"x","security":null}]}""", "security")]
    [InlineData(Head + ""","pods":[{"kind":"Pod","namespace":"n","name":"x","secrets":["a",null]}]}""", "secrets")]
    [InlineData(Head + ""","pods":[{"kind":"Pod","namespace":"n","name":{}}]}""", "not a text")]
    [InlineData(Head + ""","pods":[{"kind":"Pod","namespace":"n","name":"\ud800"}]}""", "not a snapshot")]
    [InlineData(Head + ""","namespaces":[{"name":"a","labels":{"a":null}}]}""", "labels")]
    [InlineData(Head + ""","roles":[{"name":"a","rules":[{"verbs":null}]}]}""", "verbs")]
    [InlineData(Head + ""","bindings":[{"name":"a","roleKind":"Role"}]}""", "role")]
    [InlineData(Head + ""","bindings":[{"name":"a","roleKind":"Role","role":"x","subjects":[{"kind":"User"}]}]}""", "name")]
    [InlineData(Head, "not a snapshot")]
    public async Task What_is_no_snapshot_is_said_to_be_none(string text, string why)
    {
        var path = Path.Combine(_folder, "bad.json");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => SnapshotFile.ReadAsync(path, CancellationToken.None));
        Assert.Equal(FailureKind.InvalidSnapshot, failure.Kind);
        Assert.Contains(why, failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_unpacks_without_end_is_not_read_to_its_end()
    {
        var path = Path.Combine(_folder, "bomb.json.gz");
        await using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(Head + ""","x":"""));
            var blank = new byte[1024 * 1024];
            Array.Fill(blank, (byte)' ');
            for (var i = 0; i <= TextFile.LongestDocuments / blank.Length; i++)
            {
                packed.Write(blank);
            }
        }

        var failure = await Assert.ThrowsAsync<KubeApiException>(() => SnapshotFile.ReadAsync(path, CancellationToken.None));
        Assert.Equal(FailureKind.InvalidSnapshot, failure.Kind);
        Assert.Contains("longer than", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_archive_and_a_missing_file_are_told_apart()
    {
        var path = Path.Combine(_folder, "damaged.gz");
        var bytes = await SnapshotFile.BytesAsync("x.gz", SmallSnapshot.Full, CancellationToken.None);
        bytes[bytes.Length / 2] ^= 0x55;
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2 + 8)], TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.InvalidSnapshot, (await Assert.ThrowsAsync<KubeApiException>(() => SnapshotFile.ReadAsync(path, CancellationToken.None))).Kind);
        Assert.Equal(FailureKind.FileNotFound, (await Assert.ThrowsAsync<KubeApiException>(() => SnapshotFile.ReadAsync(Path.Combine(_folder, "none"), CancellationToken.None))).Kind);
        Assert.Equal(FailureKind.FileNotFound, (await Assert.ThrowsAsync<KubeApiException>(() => SnapshotFile.ReadAsync(_folder, CancellationToken.None))).Kind);
    }

    [Fact]
    public async Task Credentials_and_control_characters_of_a_hostile_file_do_not_get_in()
    {
        var path = Path.Combine(_folder, "hostile.json");
        await File.WriteAllTextAsync(path, Head + ""","namespaces":[{"name":"a\u001b[2J"}]}""", TestContext.Current.CancellationToken);
        Assert.DoesNotContain('\u001b', (await SnapshotFile.ReadAsync(path, CancellationToken.None)).Namespaces[0].Name);
    }
}
