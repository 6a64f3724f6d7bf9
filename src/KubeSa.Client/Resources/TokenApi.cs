using System.Net;
using k8s;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Tokens of service accounts, and what they are bound to.</summary>
internal sealed class TokenApi(ApiCaller caller) : ITokenApi
{
    public async Task<ServiceAccountToken> CreateTokenAsync(TokenSpec spec, CallContext call)
    {
        KubeName.RequireNamespace(spec.Namespace);
        KubeName.RequireName("service account", spec.ServiceAccount, spec.Namespace);
        var token = await caller.PostAsync(
            new ApiOperation("create", "serviceaccounts/token", "service account", spec.Namespace, spec.ServiceAccount),
            call,
            $"/api/v1/namespaces/{spec.Namespace}/serviceaccounts/{spec.ServiceAccount}/token",
            TokenRequestJson.Write(spec),
            body => IssuedTokens.ToModel(spec, TokenRequestJson.Read(body)),
            refused: status => IsWithoutNodeBinding(status, spec)
                ? new KubeApiException(
                    FailureKind.InvalidRequest,
                    $"{caller.Config.Server} cannot bind tokens to nodes: that came with Kubernetes 1.32, or with a feature gate of 1.29. Bind the token to a pod or a Secret.",
                    $"{spec.Namespace}/{spec.ServiceAccount}")
                : null).ConfigureAwait(false);
        if (IssuedTokens.OtherLifetime(spec, token) is { } warning)
        {
            call.Notify(new WarningNotice(warning));
        }

        return token;
    }

    public Task<string> GetBoundObjectUidAsync(TokenBindingKind kind, string @namespace, string name, CallContext call)
    {
        var scope = kind == TokenBindingKind.Node ? null : @namespace;
        KubeName.RequireNamespace(@namespace);
        KubeName.RequireName(kind.ToString(), name, scope);
        var noun = kind.ToString().ToLowerInvariant();
        return caller.SendAsync(new ApiOperation("get", $"{noun}s", noun, scope, name), call, async (client, stop) => kind switch
        {
            TokenBindingKind.Pod => (await client.CoreV1.ReadNamespacedPodAsync(
                name: name, namespaceParameter: @namespace, cancellationToken: stop).ConfigureAwait(false)).Identified().Uid,
            TokenBindingKind.Secret => (await client.CoreV1.ReadNamespacedSecretAsync(
                name: name, namespaceParameter: @namespace, cancellationToken: stop).ConfigureAwait(false)).Identified().Uid,
            _ => (await client.CoreV1.ReadNodeAsync(name: name, cancellationToken: stop).ConfigureAwait(false)).Identified().Uid,
        });
    }

    private static bool IsWithoutNodeBinding(ApiStatus status, TokenSpec spec) =>
        spec.BoundKind == TokenBindingKind.Node
        && status.Code == HttpStatusCode.BadRequest
        && status.Message?.StartsWith("cannot bind token to object of type", StringComparison.Ordinal) == true;
}
