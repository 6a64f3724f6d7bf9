using System.Globalization;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Who holds tokens that never expire, and what each is to do instead: a line for each pod or workload that mounts such a Secret,
/// and one for a Secret that nobody in the cluster mounts.
/// </summary>
internal static class LegacyTokens
{
    private const string Outside =
        "For CI: Export-KubeServiceAccountKubeConfig -Refreshing, or a token that ends (New-KubeServiceAccountToken); for a cloud or another cluster: its federation with the issuer of this one.";

    /// <summary>The lines for the Secrets of some accounts.</summary>
    /// <param name="around">What there is in the namespace.</param>
    /// <param name="matches">Whether an account is one of those that are asked about.</param>
    /// <param name="decode">Reads a Secret.</param>
    /// <param name="isTracked">Whether the server is known to note the days of use.</param>
    internal static IEnumerable<ServiceAccountUsage> List(AccountSurroundings around, Func<string, bool> matches, Func<SecretDocument, TokenSecret> decode, bool isTracked) =>
        around.TokenSecrets
            .Select(decode)
            .Where(secret => matches(secret.ServiceAccount ?? string.Empty))
            .OrderBy(secret => secret.ServiceAccount, StringComparer.Ordinal).ThenBy(secret => secret.Name, StringComparer.Ordinal)
            .SelectMany(secret => Lines(around, secret, isTracked));

    private static IEnumerable<ServiceAccountUsage> Lines(AccountSurroundings around, TokenSecret secret, bool isTracked)
    {
        var holders = around.Usage.All.Where(line => line.Secret == secret.Name && line.IsUsed == true).ToList();
        foreach (var line in holders.Count > 0 ? holders : [Nobody(secret)])
        {
            line.LastUsed = secret.LastUsed;
            var (instead, why) = Advice(line, secret, isTracked);
            line.Instead = instead;
            line.Why = Quarantine(secret) + why;
            yield return line;
        }
    }

    // Whether somebody outside has it is more than the cluster knows.
    private static ServiceAccountUsage Nobody(TokenSecret secret) => new()
    {
        Namespace = secret.Namespace!,
        ServiceAccount = secret.ServiceAccount ?? string.Empty,
        ServiceAccountUid = secret.ServiceAccountUid,
        Secret = secret.Name,
        Mount = TokenMountKind.Secret,
        IsUsed = null,
    };

    private static (string Instead, string Why) Advice(ServiceAccountUsage line, TokenSecret secret, bool isTracked) => line switch
    {
        { Pod: null, Workload: null } when secret.LastUsed is { } used => (
            "requested token, or federation",
            string.Create(CultureInfo.InvariantCulture, $"Nobody in the cluster mounts it, and it was last used on {used:yyyy-MM-dd}: somebody outside has it, whom the server's audit log names. ") + Outside),
        { Pod: null, Workload: null } when isTracked => (
            "quarantine, then nothing",
            "Nobody in the cluster mounts it, and the server has noted no use: Disable-KubeSaTokenSecret, and after some weeks Remove-KubeSaTokenSecret -DisabledFor."),
        { Pod: null, Workload: null } => (
            "requested token, or nothing",
            "Nobody in the cluster mounts it. When it was last used is not known: the server notes that from 1.28 on, or it may not be read. See its audit log before you remove the Secret. " + Outside),
        { TokenPath: null } => (
            "projected token", "It is in a variable of the environment: let the program read the file of a projected token, which the kubelet renews (volume source serviceAccountToken)."),
        { RunsAs: { } other } => (
            $"run as {line.ServiceAccount}",
            $"The pod runs as {other} and holds this account's token besides: run it as {line.ServiceAccount} (Set-KubeWorkloadServiceAccount), which mounts a token that renews itself."),
        _ => (
            "projected token",
            "Take the Secret's volume away: pods get a token that renews itself at the usual path, and elsewhere by a projected volume (source serviceAccountToken)."),
    };

    private static string Quarantine(TokenSecret secret) => secret.InvalidSince is not { } since ? string.Empty : string.Create(
        CultureInfo.InvariantCulture,
        $"In quarantine since {since:yyyy-MM-dd}{(secret.TriedSinceDisabled == true ? $", and tried on {secret.LastUsed:yyyy-MM-dd}" : string.Empty)}. ");
}
