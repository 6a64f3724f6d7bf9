namespace KubeSa.Cmdlets;

/// <summary>What still uses an account that is about to be removed, in words.</summary>
/// <param name="Warning">All of it, with the first few names; null where nothing uses the account and all could be looked at.</param>
/// <param name="Summary">The same in numbers, for the prompt; empty where there is nothing to say.</param>
internal sealed record RemovalEffects(string? Warning, string Summary)
{
    internal static RemovalEffects Of(ServiceAccount account, AccountSurroundings around)
    {
        var lines = around.Usage.Of(account.Name).Where(line => line.IsUsed == true).ToList();
        var users = lines.Where(line => line.RunsAs is null).ToList();
        var holders = lines.Where(line => line.RunsAs is not null).Select(NameOf).Distinct().ToList();
        var pods = users.Select(line => line.Pod).OfType<string>().Distinct().ToList();
        var workloads = users.Select(line => line.Workload).OfType<string>().Distinct().ToList();
        var bindings = around.BindingsOf(account.Name).Select(binding => $"{binding.Kind} {binding}").ToList();
        string?[] sentences =
        [
            pods.Count > 0 ? $"{ShortList.Count(pods.Count, "pod")} of it will be refused by the server: {ShortList.Of(pods)}." : null,
            workloads.Count > 0 ? $"{ShortList.Count(workloads.Count, "workload")} can start no new pods: {ShortList.Of(workloads)}." : null,
            holders.Count > 0 ? $"Its token is also in {ShortList.Count(holders.Count, "pod")} of other accounts: {ShortList.Of(holders)}." : null,
            bindings.Count > 0 ? $"These bindings stay behind and count for whoever creates an account of that name: {ShortList.Of(bindings)}." : null,
            account.Name == ServiceAccountNames.Default ? "The server creates an account of that name again at once." : null,
            around.Unknown.Length > 0 ? $"Whether more uses it is unknown, for these may not be looked at: {string.Join(", ", around.Unknown)}." : null,
        ];
        string?[] numbers =
        [
            pods.Count > 0 ? ShortList.Count(pods.Count, "pod") : null,
            workloads.Count > 0 ? ShortList.Count(workloads.Count, "workload") : null,
            holders.Count > 0 ? $"{ShortList.Count(holders.Count, "pod")} of other accounts" : null,
            bindings.Count > 0 ? ShortList.Count(bindings.Count, "binding") : null,
            around.Unknown.Length > 0 ? "more that may not be looked at" : null,
        ];
        var said = string.Join(' ', sentences.OfType<string>());
        var counted = string.Join(", ", numbers.OfType<string>());
        return new RemovalEffects(
            said.Length == 0 ? null : $"Removing ServiceAccount {account}: {said}",
            counted.Length == 0 ? string.Empty : $" (still used by: {counted})");
    }

    private static string NameOf(ServiceAccountUsage line) =>
        line.Pod is null ? $"{line.Workload} (as {line.RunsAs})" : $"{line.Pod} (as {line.RunsAs})";
}
