namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>
/// Which questions the server is asked. Where all is well two: the request itself, which proves more than any question
/// about it, and the version, beside it. Only what fails is asked about further.
/// </summary>
internal static class ServerQuestions
{
    internal static async Task<AccessEvidence> HoldAsync(AccessEvidence evidence, ApiQueries probe, string? token)
    {
        var listing = token is not null && probe.IsList ? probe.ListAsync(token) : null;
        var rights = token is not null && !probe.IsList ? probe.AskRightsAsync(token) : null;
        var version = probe.AskVersionAsync();
        var answered = evidence with
        {
            Request = listing is null ? null : await listing.ConfigureAwait(false),
            Authorization = rights is null ? null : await rights.ConfigureAwait(false),
            Server = await version.ConfigureAwait(false),
        };
        var status = (answered.Request?.Answer ?? answered.Authorization?.Answer)?.Status;
        return token is null || status is >= 200 and < 300
            ? answered
            : await AskFurtherAsync(answered, probe, token, status).ConfigureAwait(false);
    }

    private static async Task<AccessEvidence> AskFurtherAsync(AccessEvidence evidence, ApiQueries probe, string token, int? status)
    {
        // A refused token is not asked what it may do, and a refusal by authorization says itself what it may not.
        var keys = status == 401 ? probe.AskKeysAsync(token) : null;
        var rights = status is not (401 or 403) && evidence.Authorization is null ? probe.AskRightsAsync(token) : null;
        var server = await probe.AskReadinessAsync(evidence.Server!).ConfigureAwait(false);
        return evidence with
        {
            Server = server,
            Keys = keys is null ? null : await keys.ConfigureAwait(false),
            Authorization = rights is null ? evidence.Authorization : await rights.ConfigureAwait(false),
        };
    }
}
