using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Gives each failure its error record: the id is the failure's name, the category goes by its kind.</summary>
internal static class FailureRecords
{
    internal static ErrorRecord From(KubeApiException failure, string fallbackTarget) =>
        new(failure, failure.Kind.ToString(), CategoryOf(failure.Kind), failure.Target ?? fallbackTarget);

    private static ErrorCategory CategoryOf(FailureKind kind) => kind switch
    {
        FailureKind.ServiceAccountNotFound or FailureKind.SecretNotFound or FailureKind.NamespaceNotFound
            or FailureKind.WorkloadNotFound or FailureKind.ContextNotFound or FailureKind.NotFound
            or FailureKind.FileNotFound
            => ErrorCategory.ObjectNotFound,
        FailureKind.ServiceAccountAlreadyExists or FailureKind.SecretAlreadyExists or FailureKind.FileAlreadyExists
            => ErrorCategory.ResourceExists,
        FailureKind.Conflict => ErrorCategory.ResourceBusy,
        FailureKind.Forbidden or FailureKind.AdmissionRefused => ErrorCategory.PermissionDenied,
        FailureKind.Unauthorized or FailureKind.ExecPluginFailed => ErrorCategory.AuthenticationError,
        FailureKind.InvalidName or FailureKind.InvalidRequest or FailureKind.AmbiguousConnection
            or FailureKind.ConnectionMismatch => ErrorCategory.InvalidArgument,
        FailureKind.InvalidToken or FailureKind.InvalidSecret or FailureKind.SecretNotTokenType
            or FailureKind.InvalidEvidence or FailureKind.InvalidSnapshot or FailureKind.InvalidAuditLog or FailureKind.KubeConfigInvalid => ErrorCategory.InvalidData,
        FailureKind.TooManyRequests or FailureKind.QuotaExceeded => ErrorCategory.LimitsExceeded,
        FailureKind.ConnectionNotConfigured or FailureKind.ConnectionRefused or FailureKind.HostNotFound
            or FailureKind.ConnectionReset => ErrorCategory.ConnectionError,
        FailureKind.TimedOut => ErrorCategory.OperationTimeout,
        FailureKind.TlsUntrusted or FailureKind.TlsNameMismatch or FailureKind.TlsExpired
            => ErrorCategory.SecurityError,
        FailureKind.ProtocolError => ErrorCategory.ProtocolError,
        FailureKind.ServerError or FailureKind.ImagePullFailed or FailureKind.PodUnschedulable or FailureKind.PodFailed
            or FailureKind.SandboxFailed => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };
}
