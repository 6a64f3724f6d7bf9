using System.Text;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Faults;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Contract.Replay;

/// <summary>What a preparation may do: change the cluster as its administrator, and let time pass.</summary>
internal sealed class ReplayStage(SandboxServer server, HttpClient admin, ManualTime time, Func<string, Task<string>> mint)
{
    public SandboxServer Server { get; } = server;
    public ResourceStore Store => Server.Store;

    /// <summary>Switches a fault on, or all off.</summary>
    public Task FailAsync(string? fault)
    {
        Server.Faults.Set(fault is null ? [] : [new Fault(fault)]);
        return Task.CompletedTask;
    }

    public Task CreateAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body, "application/json");

    public Task PatchAsync(string path, string body) => SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json");

    public Task ApplyAsync(string path, string body) => SendAsync(HttpMethod.Patch, path, body, "application/apply-patch+yaml");

    public Task DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, "application/json");

    /// <summary>The key that signed before any was replaced.</summary>
    public SigningKey FirstKey { get; } = server.State.Identity.Keys.ServerKey;

    /// <summary>Makes the token of a recording that is yet to come, while what it is bound to is there.</summary>
    public Task<string> MintAsync(string place) => mint(place);

    /// <summary>Waits until the controllers have done what follows from all changes so far.</summary>
    public Task SettleAsync() => Server.State.Controllers.SettleAsync();

    /// <summary>Lets time pass, and what is due then happen.</summary>
    public async Task AdvanceAsync(double seconds)
    {
        await SettleAsync();
        time.Advance(TimeSpan.FromSeconds(seconds));
        await SettleAsync();
    }

    private async Task SendAsync(HttpMethod method, string path, string? body, string contentType)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType);
        using var response = await admin.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}
