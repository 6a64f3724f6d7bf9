using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace KubeSa.Cmdlets;

/// <summary>
/// Properties as PowerShell sees them, each by the name that the module's type file gives it: lists, times and spans that are
/// fit to be exported. What ConvertTo-Json writes are the properties of the classes themselves.
/// </summary>
public static class ShownProperties
{
    private static readonly ConcurrentDictionary<(Type, string), PropertyInfo?> Properties = new();

    /// <summary>The time since it was created, a TimeSpan.</summary>
    public static object? Age(PSObject instance) => Span(instance);

    /// <summary>How long it took, a TimeSpan.</summary>
    public static object? Elapsed(PSObject instance) => Span(instance);

    /// <summary>The certificates, X509Certificate2.</summary>
    public static object? CaCertificates(PSObject instance) => instance?.BaseObject switch
    {
        TokenSecret secret => ShownValue.Of(secret.Authorities),
        PodIdentity pod => ShownValue.Of(pod.Authorities),
        _ => null,
    };

    /// <summary>Annotations.</summary>
    public static object? Annotations(PSObject instance) => Of(instance);

    /// <summary>ApiGroups.</summary>
    public static object? ApiGroups(PSObject instance) => Of(instance);

    /// <summary>Audiences.</summary>
    public static object? Audiences(PSObject instance) => Of(instance);

    /// <summary>Changes.</summary>
    public static object? Changes(PSObject instance) => Of(instance);

    /// <summary>Checks.</summary>
    public static object? Checks(PSObject instance) => Of(instance);

    /// <summary>Clusters.</summary>
    public static object? Clusters(PSObject instance) => Of(instance);

    /// <summary>Evidence.</summary>
    public static object? Evidence(PSObject instance) => Of(instance);

    /// <summary>CloudIdentities.</summary>
    public static object? CloudIdentities(PSObject instance) => Of(instance);

    /// <summary>CreationTimestamp.</summary>
    public static object? CreationTimestamp(PSObject instance) => Of(instance);

    /// <summary>Events.</summary>
    public static object? Events(PSObject instance) => Of(instance);

    /// <summary>ExpiresAt.</summary>
    public static object? ExpiresAt(PSObject instance) => Of(instance);

    /// <summary>Extra.</summary>
    public static object? Extra(PSObject instance) => Of(instance);

    /// <summary>FirstSeen.</summary>
    public static object? FirstSeen(PSObject instance) => Of(instance);

    /// <summary>Groups.</summary>
    public static object? Groups(PSObject instance) => Of(instance);

    /// <summary>ImagePullSecrets.</summary>
    public static object? ImagePullSecrets(PSObject instance) => Of(instance);

    /// <summary>InvalidSince.</summary>
    public static object? InvalidSince(PSObject instance) => Of(instance);

    /// <summary>IssuedAt.</summary>
    public static object? IssuedAt(PSObject instance) => Of(instance);

    /// <summary>Labels.</summary>
    public static object? Labels(PSObject instance) => Of(instance);

    /// <summary>LastSeen.</summary>
    public static object? LastSeen(PSObject instance) => Of(instance);

    /// <summary>LastUsed.</summary>
    public static object? LastUsed(PSObject instance) => Of(instance);

    /// <summary>LookedAt.</summary>
    public static object? LookedAt(PSObject instance) => Of(instance);

    /// <summary>Unknown.</summary>
    public static object? Unknown(PSObject instance) => Of(instance);

    /// <summary>MountedBy.</summary>
    public static object? MountedBy(PSObject instance) => Of(instance);

    /// <summary>WillBeInvalid.</summary>
    public static object? WillBeInvalid(PSObject instance) => Of(instance);

    /// <summary>WillBeDeleted.</summary>
    public static object? WillBeDeleted(PSObject instance) => Of(instance);

    /// <summary>MissingSecrets.</summary>
    public static object? MissingSecrets(PSObject instance) => Of(instance);

    /// <summary>MountableSecrets.</summary>
    public static object? MountableSecrets(PSObject instance) => Of(instance);

    /// <summary>NonResourceUrls.</summary>
    public static object? NonResourceUrls(PSObject instance) => Of(instance);

    /// <summary>NotAfter.</summary>
    public static object? NotAfter(PSObject instance) => Of(instance);

    /// <summary>NotBefore.</summary>
    public static object? NotBefore(PSObject instance) => Of(instance);

    /// <summary>ContributingRoles.</summary>
    public static object? ContributingRoles(PSObject instance) => Of(instance);

    /// <summary>ResourceNames.</summary>
    public static object? ResourceNames(PSObject instance) => Of(instance);

    /// <summary>Resources.</summary>
    public static object? Resources(PSObject instance) => Of(instance);

    /// <summary>Rules.</summary>
    public static object? Rules(PSObject instance) => Of(instance);

    /// <summary>AggregatedFrom.</summary>
    public static object? AggregatedFrom(PSObject instance) => Of(instance);

    /// <summary>Steps.</summary>
    public static object? Steps(PSObject instance) => Of(instance);

    /// <summary>Cut.</summary>
    public static object? Cut(PSObject instance) => Of(instance);

    /// <summary>Subjects.</summary>
    public static object? Subjects(PSObject instance) => Of(instance);

    /// <summary>Timestamp.</summary>
    public static object? Timestamp(PSObject instance) => Of(instance);

    /// <summary>Tokens.</summary>
    public static object? Tokens(PSObject instance) => Of(instance);

    /// <summary>Verbs.</summary>
    public static object? Verbs(PSObject instance) => Of(instance);

    /// <summary>WarnAfter.</summary>
    public static object? WarnAfter(PSObject instance) => Of(instance);

    /// <summary>Name, as roles and who holds them have it: nearly anything may stand in it.</summary>
    public static object? Name(PSObject instance) => Of(instance);

    /// <summary>Namespace of a subject, which no server looks at.</summary>
    public static object? Namespace(PSObject instance) => Of(instance);

    /// <summary>Kind of a subject.</summary>
    public static object? Kind(PSObject instance) => Of(instance);

    /// <summary>Role.</summary>
    public static object? Role(PSObject instance) => Of(instance);

    /// <summary>Binding.</summary>
    public static object? Binding(PSObject instance) => Of(instance);

    /// <summary>Subject.</summary>
    public static object? Subject(PSObject instance) => Of(instance);

    /// <summary>SubjectKind.</summary>
    public static object? SubjectKind(PSObject instance) => Of(instance);

    /// <summary>Who.</summary>
    public static object? Who(PSObject instance) => Of(instance);

    /// <summary>Pods.</summary>
    public static object? Pods(PSObject instance) => Of(instance);

    /// <summary>Workloads.</summary>
    public static object? Workloads(PSObject instance) => Of(instance);

    /// <summary>Nodes.</summary>
    public static object? Nodes(PSObject instance) => Of(instance);

    /// <summary>UserAgents.</summary>
    public static object? UserAgents(PSObject instance) => Of(instance);

    /// <summary>Bindings.</summary>
    public static object? Bindings(PSObject instance) => Of(instance);

    /// <summary>LegacyTokenSecrets.</summary>
    public static object? LegacyTokenSecrets(PSObject instance) => Of(instance);

    /// <summary>First.</summary>
    public static object? First(PSObject instance) => Of(instance);

    /// <summary>Last.</summary>
    public static object? Last(PSObject instance) => Of(instance);

    /// <summary>Gaps.</summary>
    public static object? Gaps(PSObject instance) => Of(instance);

    /// <summary>Levels.</summary>
    public static object? Levels(PSObject instance) => Of(instance);

    /// <summary>Creates.</summary>
    public static object? Creates(PSObject instance) => Of(instance);

    /// <summary>Removes.</summary>
    public static object? Removes(PSObject instance) => Of(instance);

    /// <summary>WouldRefuse.</summary>
    public static object? WouldRefuse(PSObject instance) => Of(instance);

    /// <summary>Reasons.</summary>
    public static object? Reasons(PSObject instance) => Of(instance);

    /// <summary>Findings.</summary>
    public static object? Findings(PSObject instance) => Of(instance);

    /// <summary>Patches.</summary>
    public static object? Patches(PSObject instance) => Of(instance);

    /// <summary>Notes.</summary>
    public static object? Notes(PSObject instance) => Of(instance);

    private static object? Of(PSObject? instance, [CallerMemberName] string name = "") => ShownValue.Of(Value(instance, name));

    private static object? Span(PSObject? instance, [CallerMemberName] string name = "") =>
        Value(instance, name) is string text ? TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture) : null;

    private static object? Value(PSObject? instance, string name) => instance is null
        ? null
        : Properties.GetOrAdd((instance.BaseObject.GetType(), name), key => key.Item1.GetProperty(key.Item2))?.GetValue(instance.BaseObject);
}
