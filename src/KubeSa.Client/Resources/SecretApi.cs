using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Secrets, of which those with tokens alone are listed.</summary>
internal sealed class SecretApi(ApiCaller caller, PagedLists lists) : ISecretApi
{
    private const string TokenSecrets = "type=kubernetes.io/service-account-token";

    public Task<SecretDocument> GetSecretAsync(string @namespace, string name, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        KubeName.RequireName("secret", name, @namespace);
        return caller.SendAsync(
            new ApiOperation("get", "secrets", "secret", @namespace, name),
            call,
            async (client, stop) => SecretDocuments.ToModel(
                await client.CoreV1.ReadNamespacedSecretAsync(
                    name: name, namespaceParameter: @namespace, cancellationToken: stop).ConfigureAwait(false)));
    }

    public IAsyncEnumerable<Page<SecretDocument>> ListTokenSecretsAsync(ListQuery query, CallContext call)
    {
        if (query.Namespace is not null)
        {
            KubeName.RequireNamespace(query.Namespace);
        }

        var fields = string.IsNullOrEmpty(query.FieldSelector) ? TokenSecrets : $"{TokenSecrets},{query.FieldSelector}";
        return lists.ListAsync<V1Secret, V1SecretList, SecretDocument>(
            new ApiOperation("list", "secrets", "secret", query.Namespace),
            call,
            (client, from, stop) => query.Namespace is { } ns
                ? client.CoreV1.ListNamespacedSecretAsync(
                    namespaceParameter: ns,
                    labelSelector: query.LabelSelector,
                    fieldSelector: fields,
                    limit: PagedLists.PageSize,
                    continueParameter: from,
                    cancellationToken: stop)
                : client.CoreV1.ListSecretForAllNamespacesAsync(
                    labelSelector: query.LabelSelector,
                    fieldSelector: fields,
                    limit: PagedLists.PageSize,
                    continueParameter: from,
                    cancellationToken: stop),
            SecretDocuments.ToModel);
    }

    public Task<SecretDocument> CreateTokenSecretAsync(string name, ServiceAccount account, CallContext call) =>
        CreateSecretAsync(name, account, SecretDocuments.ForToken, call);

    public Task<SecretDocument> CreateBindingSecretAsync(string name, ServiceAccount account, IReadOnlyDictionary<string, string> annotations, CallContext call) =>
        CreateSecretAsync(name, account, (secret, owner) => SecretDocuments.ForBinding(secret, owner, annotations), call);

    private Task<SecretDocument> CreateSecretAsync(string name, ServiceAccount account, Func<string, ServiceAccount, V1Secret> compose, CallContext call)
    {
        var ns = account.Namespace;
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("secret", name, ns);
        KubeName.RequireName("service account", account.Name, ns);
        var secret = compose(name, account);
        return caller.SendAsync(
            new ApiOperation("create", "secrets", "secret", ns, name),
            call,
            async (client, stop) => SecretDocuments.ToModel(
                await client.CoreV1.CreateNamespacedSecretAsync(
                    body: secret,
                    namespaceParameter: ns,
                    cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<SecretDocument> MarkTokenSecretAsync(SecretDocument secret, string? invalidSince, CallContext call)
    {
        var (ns, name) = (secret.Namespace!, secret.Name!);
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("secret", name, ns);
        var mark = SecretDocuments.ToMark(secret, invalidSince);
        return caller.SendAsync(
            new ApiOperation("patch", "secrets", "secret", ns, name),
            call,
            async (client, stop) => SecretDocuments.ToModel(
                await client.CoreV1.PatchNamespacedSecretAsync(
                    body: mark,
                    name: name,
                    namespaceParameter: ns,
                    cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<bool> DeleteSecretAsync(SecretDocument secret, CallContext call)
    {
        var (ns, name) = (secret.Namespace!, secret.Name!);
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("secret", name, ns);
        return caller.SendAsync(
            new ApiOperation("delete", "secrets", "secret", ns, name),
            call,
            async (client, stop) =>
            {
                await client.CoreV1.DeleteNamespacedSecretAsync(
                    name: name,
                    namespaceParameter: ns,
                    body: Preconditions.Only(secret.Uid),
                    cancellationToken: stop).ConfigureAwait(false);
                return true;
            });
    }
}
