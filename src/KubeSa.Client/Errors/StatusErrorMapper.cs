using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Errors;

/// <summary>What it means that a server answered with a failure, and what to do about it.</summary>
internal static partial class StatusErrorMapper
{
    internal static KubeApiException From(ApiStatus status, ApiOperation operation, ConnectionFacts connection)
    {
        if (status is { IsStatus: false, Code: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
        {
            return FromInFront(status, operation, connection);
        }

        if (status.IsHtml || (int)status.Code < 400)
        {
            return FromStranger(status, connection);
        }

        if (RecreatedObjectErrors.From(status, operation) is { } recreated)
        {
            return recreated;
        }

        return status.Code switch
        {
            HttpStatusCode.Unauthorized => Make(status, FailureKind.Unauthorized, Unauthorized(status, connection), connection.Server.AbsoluteUri),
            HttpStatusCode.Forbidden => Make(status, FailureKind.Forbidden, Forbidden(status, operation, connection), operation.Target ?? operation.Resource),
            HttpStatusCode.NotFound => NotFound(status, operation, connection),
            HttpStatusCode.Conflict => Conflict(status, operation),
            HttpStatusCode.TooManyRequests => Make(status, FailureKind.TooManyRequests, TooMany(status, connection), connection.Server.AbsoluteUri),
            >= HttpStatusCode.InternalServerError => Make(status, FailureKind.ServerError, ServerError(status, connection), operation.Target ?? connection.Server.AbsoluteUri),
            _ => Make(status, FailureKind.InvalidRequest, Invalid(status, operation), operation.Target ?? operation.Resource),
        };
    }

    private static KubeApiException FromStranger(ApiStatus status, ConnectionFacts connection) =>
        status.Code >= HttpStatusCode.InternalServerError
            ? Make(status, FailureKind.ServerError, $"Something in front of {connection.Server}, such as a load balancer, answers {Code(status)}: it does not reach the API server. See whether that is up.", connection.Server.AbsoluteUri)
            : Make(status, FailureKind.ProtocolError, $"{connection.Server} answers {Code(status)}, but not as a Kubernetes API server would. See whether the URL is right and whether a proxy or a login page stands in between.", connection.Server.AbsoluteUri);

    /// <summary>A 401 or 403 that is no answer of Kubernetes: roles and tokens of the cluster have no part in it.</summary>
    private static KubeApiException FromInFront(ApiStatus status, ApiOperation operation, ConnectionFacts connection)
    {
        var says = SafeExcerpt.Of(status.Foreign) is { } words ? $" It says: {words.TrimEnd('.')}." : string.Empty;
        var dates = connection.CertificateDates() is { } untimely ? $" {untimely}" : string.Empty;
        const string Who = "Something in front of the API server, such as Rancher or a proxy, refuses";
        return status.Code == HttpStatusCode.Unauthorized
            ? Make(status, FailureKind.Unauthorized, $"{Who} {(connection.HasCredentials ? "the credentials" : "requests without credentials")} at {connection.Server} (401): the answer is not one of Kubernetes.{says}{dates} See which credentials it takes, and whether they have expired.", connection.Server.AbsoluteUri)
            : Make(status, FailureKind.Forbidden, $"{Who} to {operation.Verb} {operation.Resource} at {connection.Server} (403): the answer is not one of Kubernetes, so no role in the cluster helps.{says} See what it lets through, and whether the URL is that of the API server.", operation.Target ?? operation.Resource);
    }

    // Kubernetes itself says nothing but the word; the reason is in its log alone.
    private static string Why(ApiStatus status) => status.Message is not (null or "Unauthorized") && SafeExcerpt.Of(status.Message) is { } words
        ? $"It says: {words.TrimEnd('.')}."
        : "The server does not send a reason.";

    private static string Unauthorized(ApiStatus status, ConnectionFacts connection)
    {
        var who = connection.Info.UserHint is { } hint ? $" of '{hint}'" : string.Empty;
        var from = connection.Info.Context is { } context ? $", context '{context}'" : string.Empty;
        var advice = connection.Info.Source switch
        {
            ConnectionSource.Pod => "Test-KubeInClusterAccess tells the likely causes",
            ConnectionSource.KubeConfig => "Log in again or renew the kubeconfig's credentials, or take another context (Get-KubeContext, Connect-KubeCluster -Context); ConvertFrom-KubeServiceAccountToken shows whether a token has expired",
            _ => "Connect again with other credentials (Connect-KubeCluster); ConvertFrom-KubeServiceAccountToken shows whether a token has expired",
        };
        return connection.HasCredentials
            ? $"{connection.Server} refuses the credentials{who}{from}. {connection.CertificateDates() ?? Why(status)} {advice}."
            : $"{connection.Server} wants credentials, and there are none{from}. {advice}.";
    }

    private static string Forbidden(ApiStatus status, ApiOperation operation, ConnectionFacts connection)
    {
        var said = AuthorizerMessage.Read(status.Message);
        var user = said?.User ?? (UserInMessage().Match(status.Message ?? string.Empty) is { Success: true } match ? match.Groups["user"].Value : connection.Info.UserHint);
        var who = user is null ? "The caller" : $"'{user}'";
        if (status.Message?.Contains("attempting to grant RBAC permissions not currently held", StringComparison.Ordinal) == true)
        {
            return $"{who} may not give away rights that it does not hold itself. Somebody who holds them, or who may 'bind' the role, must do it.";
        }

        if (said is null && SafeExcerpt.Of(status.Message) is { } words)
        {
            return $"{connection.Server} does not let {who} {operation.Verb} {Named(operation)} {operation.Scope}: {words.TrimEnd('.')}.";
        }

        if (said is { IsAboutImpersonation: true })
        {
            return $"{who} may not impersonate another user or group ({said.Verb} {said.What} {ScopeOf(said)}). Somebody with the right must bind a role that allows 'impersonate' on it.";
        }

        // The server may refuse something else than what was asked for, such as to bind the role.
        var isOther = said is not null && said.What.Split('.')[0] != operation.Resource.Split('.', '/')[0];
        var (verb, resource, scope) = isOther ? (said!.Verb, said.What, ScopeOf(said)) : (operation.Verb, operation.Resource, operation.Scope);
        var advice = user == "system:anonymous"
            ? "No credentials were sent or none that count; connect with some (Connect-KubeCluster)."
            : $"Somebody with the right must bind a role that allows '{verb}' on '{resource}' to it.";
        var reason = SafeExcerpt.Of(said?.Reason) is { } more ? $" ({more.TrimEnd('.')})" : string.Empty;
        return $"{who} may not {verb} {(isOther ? resource : Named(operation))} {scope}{reason}. {advice}";
    }

    private static string Named(ApiOperation operation) => operation.Name is null ? operation.Resource : $"{operation.Resource} '{operation.Name}'";

    private static string ScopeOf(AuthorizerMessage said) => said.Namespace is { } ns ? $"in the namespace '{ns}'" : "in the whole cluster";

    private static KubeApiException NotFound(ApiStatus status, ApiOperation operation, ConnectionFacts connection)
    {
        if (status.Kind == "namespaces" && operation.Resource != "namespaces")
        {
            var missing = status.Name ?? operation.Namespace ?? string.Empty;
            return Make(status, FailureKind.NamespaceNotFound, $"There is no namespace '{missing}' at {connection.Server}. Create it first, or see whether the name is spelt right.", missing);
        }

        // Without the object's own resource in the answer it is not the object that is missing, but the API.
        if (status.Kind is null)
        {
            return Make(status, FailureKind.NotFound, $"{connection.Server} does not know '{operation.Resource}' as we ask for it. It may be too old or too new a version of Kubernetes, or no Kubernetes at all.", operation.Target ?? operation.Resource);
        }

        if (status.Kind is "pods" or "nodes" or "secrets" && status.Kind != operation.Resource)
        {
            return OtherNotFound(status, operation);
        }

        return Make(status, ResourceNames.MissingKind(operation.Resource), $"There is no {operation.Noun} '{operation.Name}' {operation.Scope}.", operation.Target);
    }

    /// <summary>What a token is to be bound to is missing, not the account it is for.</summary>
    private static KubeApiException OtherNotFound(ApiStatus status, ApiOperation operation)
    {
        var other = status.Kind == "nodes"
            ? new ApiOperation(operation.Verb, "nodes", "node", null, status.Name)
            : new ApiOperation(operation.Verb, status.Kind!, status.Kind!.TrimEnd('s'), operation.Namespace, status.Name);
        return Make(
            status,
            other.Resource == "secrets" ? FailureKind.SecretNotFound : FailureKind.NotFound,
            $"There is no {other.Noun} '{other.Name}' {other.Scope}.",
            other.Target);
    }

    private static KubeApiException Conflict(ApiStatus status, ApiOperation operation)
    {
        if (status.Reason != "AlreadyExists")
        {
            var isChange = status.Message is null || status.Message.Contains("the object has been modified", StringComparison.Ordinal);
            var said = isChange || SafeExcerpt.Of(status.Message) is not { } words ? "was changed by somebody else meanwhile" : $"is in a state that does not allow it: {words.TrimEnd('.')}";
            return Make(status, FailureKind.Conflict, $"The {operation.Noun} '{operation.Name}' {operation.Scope} {said}. Look at it again and repeat the change.", operation.Target);
        }

        var kind = operation.Resource switch
        {
            "serviceaccounts" => FailureKind.ServiceAccountAlreadyExists,
            "secrets" => FailureKind.SecretAlreadyExists,
            _ => FailureKind.Conflict,
        };
        return Make(status, kind, $"There is already a {operation.Noun} '{operation.Name}' {operation.Scope}.", operation.Target);
    }

    private static string TooMany(ApiStatus status, ConnectionFacts connection)
    {
        var when = status.RetryAfter is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(wait.TotalSeconds):0} s")
            : "later";
        return SafeExcerpt.Of(status.Message) is { } words
            ? $"{connection.Server} does not do it now: {words.TrimEnd('.')}. Try again {when}."
            : $"{connection.Server} has too many requests to answer. Try again {when}.";
    }

    private static string ServerError(ApiStatus status, ConnectionFacts connection)
    {
        var reason = status.Reason is { Length: > 0 } given ? $" ({given})" : string.Empty;
        return SafeExcerpt.Of(status.Message) is { } words
            ? $"{connection.Server} failed with {Code(status)}{reason}: {words.TrimEnd('.')}. Trying again may help."
            : $"{connection.Server} failed with {Code(status)}{reason}. Its own log tells more; trying again may help.";
    }

    private static string Invalid(ApiStatus status, ApiOperation operation)
    {
        var causes = status.Causes
            .Where(cause => cause.Message is not null)
            .Select(cause => cause.Field is null ? cause.Message! : $"{cause.Field}: {cause.Message}")
            .ToList();
        var why = causes.Count > 0 ? string.Join("; ", causes) : status.Message;
        var quoted = SafeExcerpt.Of(why) is { } quote ? $": {quote.TrimEnd('.')}" : string.Empty;
        return $"The server does not accept the request to {operation.Verb} {operation.Resource} {operation.Scope} ({Code(status)}){quoted}.";
    }

    private static string Code(ApiStatus status) => ((int)status.Code).ToString(CultureInfo.InvariantCulture);

    private static KubeApiException Make(ApiStatus status, FailureKind kind, string message, string? target) =>
        new(kind, message, target)
        {
            StatusCode = (int)status.Code,
            Reason = status.Reason,
            RetryAfter = status.RetryAfter,
        };

    [GeneratedRegex("""[Uu]ser "(?<user>[^"]+)" (cannot|\(groups=)""")]
    private static partial Regex UserInMessage();
}
