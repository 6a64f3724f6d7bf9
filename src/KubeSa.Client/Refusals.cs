using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client;

/// <summary>What it means that a server answered with a failure, and what to do about it.</summary>
internal static partial class Refusals
{
    internal static KubeApiException From(Answer answer, Ask ask, Access access)
    {
        if (answer is { IsStatus: false, Code: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
        {
            return FromInFront(answer, ask, access);
        }

        if (answer.IsHtml || (int)answer.Code < 400)
        {
            return FromStranger(answer, access);
        }

        if (RecreatedRefusals.From(answer, ask) is { } recreated)
        {
            return recreated;
        }

        return answer.Code switch
        {
            HttpStatusCode.Unauthorized => Make(answer, FailureKind.Unauthorized, Unauthorized(answer, access), access.Server.AbsoluteUri),
            HttpStatusCode.Forbidden => Make(answer, FailureKind.Forbidden, Forbidden(answer, ask, access), ask.Target ?? ask.Resource),
            HttpStatusCode.NotFound => NotFound(answer, ask, access),
            HttpStatusCode.Conflict => Conflict(answer, ask),
            HttpStatusCode.TooManyRequests => Make(answer, FailureKind.TooManyRequests, TooMany(answer, access), access.Server.AbsoluteUri),
            >= HttpStatusCode.InternalServerError => Make(answer, FailureKind.ServerError, ServerError(answer, access), ask.Target ?? access.Server.AbsoluteUri),
            _ => Make(answer, FailureKind.InvalidRequest, Invalid(answer, ask), ask.Target ?? ask.Resource),
        };
    }

    private static KubeApiException FromStranger(Answer answer, Access access) =>
        answer.Code >= HttpStatusCode.InternalServerError
            ? Make(answer, FailureKind.ServerError, $"Something in front of {access.Server}, such as a load balancer, answers {Code(answer)}: it does not reach the API server. See whether that is up.", access.Server.AbsoluteUri)
            : Make(answer, FailureKind.ProtocolError, $"{access.Server} answers {Code(answer)}, but not as a Kubernetes API server would. See whether the URL is right and whether a proxy or a login page stands in between.", access.Server.AbsoluteUri);

    /// <summary>A 401 or 403 that is no answer of Kubernetes: roles and tokens of the cluster have no part in it.</summary>
    private static KubeApiException FromInFront(Answer answer, Ask ask, Access access)
    {
        var says = SafeExcerpt.Of(answer.Foreign) is { } words ? $" It says: {words.TrimEnd('.')}." : string.Empty;
        var dates = ClientCertificates.Untimely(access) is { } untimely ? $" {untimely}" : string.Empty;
        const string Who = "Something in front of the API server, such as Rancher or a proxy, refuses";
        return answer.Code == HttpStatusCode.Unauthorized
            ? Make(answer, FailureKind.Unauthorized, $"{Who} {(access.HasCredentials ? "the credentials" : "requests without credentials")} at {access.Server} (401): the answer is not one of Kubernetes.{says}{dates} See which credentials it takes, and whether they have expired.", access.Server.AbsoluteUri)
            : Make(answer, FailureKind.Forbidden, $"{Who} to {ask.Verb} {ask.Resource} at {access.Server} (403): the answer is not one of Kubernetes, so no role in the cluster helps.{says} See what it lets through, and whether the URL is that of the API server.", ask.Target ?? ask.Resource);
    }

    // Kubernetes itself says nothing but the word; the reason is in its log alone.
    private static string Why(Answer answer) => answer.Message is not (null or "Unauthorized") && SafeExcerpt.Of(answer.Message) is { } words
        ? $"It says: {words.TrimEnd('.')}."
        : "The server does not send a reason.";

    private static string Unauthorized(Answer answer, Access access)
    {
        var who = access.Info.UserHint is { } hint ? $" of '{hint}'" : string.Empty;
        var from = access.Info.Context is { } context ? $", context '{context}'" : string.Empty;
        var advice = access.Info.Source switch
        {
            ConnectionSource.Pod => "Test-KubeInClusterAccess tells the likely causes",
            ConnectionSource.KubeConfig => "Log in again or renew the kubeconfig's credentials, or take another context (Get-KubeContext, Connect-KubeCluster -Context); ConvertFrom-KubeServiceAccountToken shows whether a token has expired",
            _ => "Connect again with other credentials (Connect-KubeCluster); ConvertFrom-KubeServiceAccountToken shows whether a token has expired",
        };
        return access.HasCredentials
            ? $"{access.Server} refuses the credentials{who}{from}. {ClientCertificates.Untimely(access) ?? Why(answer)} {advice}."
            : $"{access.Server} wants credentials, and there are none{from}. {advice}.";
    }

    private static string Forbidden(Answer answer, Ask ask, Access access)
    {
        var said = AuthorizerMessage.Read(answer.Message);
        var user = said?.User ?? (UserInMessage().Match(answer.Message ?? string.Empty) is { Success: true } match ? match.Groups["user"].Value : access.Info.UserHint);
        var who = user is null ? "The caller" : $"'{user}'";
        if (answer.Message?.Contains("attempting to grant RBAC permissions not currently held", StringComparison.Ordinal) == true)
        {
            return $"{who} may not give away rights that it does not hold itself. Somebody who holds them, or who may 'bind' the role, must do it.";
        }

        if (said is null && SafeExcerpt.Of(answer.Message) is { } words)
        {
            return $"{access.Server} does not let {who} {ask.Verb} {Named(ask)} {ask.Scope}: {words.TrimEnd('.')}.";
        }

        if (said is { IsAboutImpersonation: true })
        {
            return $"{who} may not impersonate another user or group ({said.Verb} {said.What} {ScopeOf(said)}). Somebody with the right must bind a role that allows 'impersonate' on it.";
        }

        // The server may refuse something else than what was asked for, such as to bind the role.
        var isOther = said is not null && said.What.Split('.')[0] != ask.Resource.Split('.', '/')[0];
        var (verb, resource, scope) = isOther ? (said!.Verb, said.What, ScopeOf(said)) : (ask.Verb, ask.Resource, ask.Scope);
        var advice = user == "system:anonymous"
            ? "No credentials were sent or none that count; connect with some (Connect-KubeCluster)."
            : $"Somebody with the right must bind a role that allows '{verb}' on '{resource}' to it.";
        var reason = SafeExcerpt.Of(said?.Reason) is { } more ? $" ({more.TrimEnd('.')})" : string.Empty;
        return $"{who} may not {verb} {(isOther ? resource : Named(ask))} {scope}{reason}. {advice}";
    }

    private static string Named(Ask ask) => ask.Name is null ? ask.Resource : $"{ask.Resource} '{ask.Name}'";

    private static string ScopeOf(AuthorizerMessage said) => said.Namespace is { } ns ? $"in the namespace '{ns}'" : "in the whole cluster";

    private static KubeApiException NotFound(Answer answer, Ask ask, Access access)
    {
        if (answer.Kind == "namespaces" && ask.Resource != "namespaces")
        {
            var missing = answer.Name ?? ask.Namespace ?? string.Empty;
            return Make(answer, FailureKind.NamespaceNotFound, $"There is no namespace '{missing}' at {access.Server}. Make it first, or see whether the name is spelt right.", missing);
        }

        // Without the object's own resource in the answer it is not the object that is missing, but the API.
        if (answer.Kind is null)
        {
            return Make(answer, FailureKind.NotFound, $"{access.Server} does not know '{ask.Resource}' as we ask for it. It may be too old or too new a version of Kubernetes, or no Kubernetes at all.", ask.Target ?? ask.Resource);
        }

        if (answer.Kind is "pods" or "nodes" or "secrets" && answer.Kind != ask.Resource)
        {
            return OtherNotFound(answer, ask);
        }

        return Make(answer, ResourceNames.MissingKind(ask.Resource), $"There is no {ask.Noun} '{ask.Name}' {ask.Scope}.", ask.Target);
    }

    /// <summary>What a token is to be bound to is missing, not the account it is for.</summary>
    private static KubeApiException OtherNotFound(Answer answer, Ask ask)
    {
        var other = answer.Kind == "nodes"
            ? new Ask(ask.Verb, "nodes", "node", null, answer.Name)
            : new Ask(ask.Verb, answer.Kind!, answer.Kind!.TrimEnd('s'), ask.Namespace, answer.Name);
        return Make(
            answer,
            other.Resource == "secrets" ? FailureKind.SecretNotFound : FailureKind.NotFound,
            $"There is no {other.Noun} '{other.Name}' {other.Scope}.",
            other.Target);
    }

    private static KubeApiException Conflict(Answer answer, Ask ask)
    {
        if (answer.Reason != "AlreadyExists")
        {
            var isChange = answer.Message is null || answer.Message.Contains("the object has been modified", StringComparison.Ordinal);
            var said = isChange || SafeExcerpt.Of(answer.Message) is not { } words ? "was changed by somebody else meanwhile" : $"is in a state that does not allow it: {words.TrimEnd('.')}";
            return Make(answer, FailureKind.Conflict, $"The {ask.Noun} '{ask.Name}' {ask.Scope} {said}. Look at it again and repeat the change.", ask.Target);
        }

        var kind = ask.Resource switch
        {
            "serviceaccounts" => FailureKind.ServiceAccountAlreadyExists,
            "secrets" => FailureKind.SecretAlreadyExists,
            _ => FailureKind.Conflict,
        };
        return Make(answer, kind, $"There is already a {ask.Noun} '{ask.Name}' {ask.Scope}.", ask.Target);
    }

    private static string TooMany(Answer answer, Access access)
    {
        var when = answer.RetryAfter is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(wait.TotalSeconds):0} s")
            : "later";
        return SafeExcerpt.Of(answer.Message) is { } words
            ? $"{access.Server} does not do it now: {words.TrimEnd('.')}. Try again {when}."
            : $"{access.Server} has too many requests to answer. Try again {when}.";
    }

    private static string ServerError(Answer answer, Access access)
    {
        var reason = answer.Reason is { Length: > 0 } given ? $" ({given})" : string.Empty;
        return SafeExcerpt.Of(answer.Message) is { } words
            ? $"{access.Server} failed with {Code(answer)}{reason}: {words.TrimEnd('.')}. Trying again may help."
            : $"{access.Server} failed with {Code(answer)}{reason}. Its own log tells more; trying again may help.";
    }

    private static string Invalid(Answer answer, Ask ask)
    {
        var causes = answer.Causes
            .Where(cause => cause.Message is not null)
            .Select(cause => cause.Field is null ? cause.Message! : $"{cause.Field}: {cause.Message}")
            .ToList();
        var why = causes.Count > 0 ? string.Join("; ", causes) : answer.Message;
        var quoted = SafeExcerpt.Of(why) is { } quote ? $": {quote.TrimEnd('.')}" : string.Empty;
        return $"The server does not accept the request to {ask.Verb} {ask.Resource} {ask.Scope} ({Code(answer)}){quoted}.";
    }

    private static string Code(Answer answer) => ((int)answer.Code).ToString(CultureInfo.InvariantCulture);

    private static KubeApiException Make(Answer answer, FailureKind kind, string message, string? target) =>
        new(kind, message, target)
        {
            StatusCode = (int)answer.Code,
            Reason = answer.Reason,
            RetryAfter = answer.RetryAfter,
        };

    [GeneratedRegex("""[Uu]ser "(?<user>[^"]+)" (cannot|\(groups=)""")]
    private static partial Regex UserInMessage();
}
