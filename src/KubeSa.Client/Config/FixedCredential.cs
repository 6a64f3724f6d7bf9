using System.Net.Http.Headers;
using System.Text;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Config;

/// <summary>A token or a password that stays as it is.</summary>
internal sealed class FixedCredential : ICredential
{
    private readonly AuthenticationHeaderValue _header;

    private FixedCredential(AuthenticationHeaderValue header) => _header = header;

    /// <summary>What is sent, for a kubeconfig that is to hold it.</summary>
    internal AuthenticationHeaderValue Header => _header;

    internal static FixedCredential Bearer(string token, string source, string? target = null) => new(BearerToken.Header(token, source, target));

    internal static FixedCredential Basic(string user, string password)
    {
        CredentialsInUse.Add(password);
        return new(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
    }

    public ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CallContext call, CancellationToken stop) => new(_header);

    public ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CallContext call, CancellationToken stop) => new(false);
}
