using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>What <c>kubectl config view</c> prints is no kubeconfig, and is called what it is.</summary>
public sealed class PrintOutTests : IDisposable
{
    private const string Rest = "contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-print-out-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("certificate-authority-data: DATA+OMITTED", "token: t")]
    [InlineData("certificate-authority: ca.crt", "client-certificate-data: DATA+OMITTED, client-key-data: DATA+OMITTED")]
    [InlineData("certificate-authority: ca.crt", "client-certificate-data: REDACTED, client-key-data: REDACTED")]
    [InlineData("certificate-authority: ca.crt", "token: REDACTED")]
    [InlineData("certificate-authority: ca.crt", "username: jane, password: REDACTED")]
    public void Says_that_it_is_one_and_how_to_have_the_file(string cluster, string user)
    {
        var file = Write($"clusters: [{{name: c, cluster: {{server: 'https://192.0.2.10:6443', {cluster}}}}}]\nusers: [{{name: u, user: {{{user}}}}}]\n{Rest}");
        var failure = Assert.Throws<KubeApiException>(() => new KubeGateway().Connect(new ConnectionOptions { KubeConfig = file }));
        Assert.Equal(FailureKind.KubeConfigInvalid, failure.Kind);
        Assert.Contains("print-out of 'kubectl config view'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--raw", failure.Message, StringComparison.Ordinal);
        Assert.Equal("x", Assert.Single(new KubeGateway().ReadContexts(new ConnectionOptions { KubeConfig = file }, TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public void Knows_what_kubectl_prints()
    {
        var whole = Write($"apiVersion: v1\nkind: Config\nclusters: [{{name: c, cluster: {{server: 'https://192.0.2.10:6443', certificate-authority-data: dGVzdA==}}}}]\nusers: [{{name: u, user: {{token: t}}}}]\n{Rest}");
        var printed = Write(Kubectl.Run(whole, "config", "view"));
        Assert.Contains("print-out", Assert.Throws<KubeApiException>(() => new KubeGateway().Connect(new ConnectionOptions { KubeConfig = printed })).Message, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }
}
