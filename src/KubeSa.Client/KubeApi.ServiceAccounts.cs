using System.Globalization;
using System.Text;
using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client;

internal sealed partial class KubeApi
{
    public Task<ServiceAccount> GetServiceAccountAsync(string @namespace, string name, CallContext call)
    {
        KubeName.RequireNamespace(@namespace);
        KubeName.RequireName("service account", name, @namespace);
        return GetAsync(
            new ApiOperation("get", "serviceaccounts", "service account", @namespace, name),
            call,
            $"/api/v1/namespaces/{@namespace}/serviceaccounts/{name}",
            ServiceAccountJson.Read);
    }

    public IAsyncEnumerable<Page<ServiceAccount>> ListServiceAccountsAsync(ListQuery query, CallContext call)
    {
        if (query.Namespace is not null)
        {
            KubeName.RequireNamespace(query.Namespace);
        }

        return WalkAsync(
            new ApiOperation("list", "serviceaccounts", "service account", query.Namespace),
            call,
            (from, stop) => ExchangeAsync(_requests.Get(ListPath(query, from)), ServiceAccountJson.ReadPage, stop),
            account => $"{account.Namespace}/{account.Name}",
            account => account);
    }

    public IAsyncEnumerable<Page<ServiceAccountEvent>> ListServiceAccountEventsAsync(ServiceAccount account, CallContext call)
    {
        KubeName.RequireNamespace(account.Namespace);
        KubeName.RequireName("service account", account.Name, account.Namespace);

        // By name and not by uid, which not every component that tells of an object gives.
        var fields = $"involvedObject.kind=ServiceAccount,involvedObject.name={account.Name}";
        return ListAsync<Corev1Event, Corev1EventList, ServiceAccountEvent>(
            new ApiOperation("list", "events", "event", account.Namespace),
            call,
            (client, from, stop) => client.CoreV1.ListNamespacedEventAsync(
                namespaceParameter: account.Namespace,
                fieldSelector: fields,
                limit: PageSize,
                continueParameter: from,
                cancellationToken: stop),
            ServiceAccountEvents.ToModel);
    }

    public Task<ServiceAccount> CreateServiceAccountAsync(ServiceAccountSpec spec, CallContext call)
    {
        KubeName.RequireNamespace(spec.Namespace);
        KubeName.RequireName("service account", spec.Name, spec.Namespace);
        return SendAsync(
            new ApiOperation("create", "serviceaccounts", "service account", spec.Namespace, spec.Name),
            call,
            async (client, stop) => ServiceAccounts.ToModel(
                await client.CoreV1.CreateNamespacedServiceAccountAsync(
                    body: ServiceAccounts.ToKubernetes(spec),
                    namespaceParameter: spec.Namespace,
                    cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<ServiceAccount> ChangeServiceAccountAsync(ServiceAccountChange change, CallContext call)
    {
        KubeName.RequireNamespace(change.Namespace);
        KubeName.RequireName("service account", change.Name, change.Namespace);
        return SendAsync(
            new ApiOperation("patch", "serviceaccounts", "service account", change.Namespace, change.Name),
            call,
            async (client, stop) => ServiceAccounts.ToModel(
                await client.CoreV1.PatchNamespacedServiceAccountAsync(
                    body: ServiceAccounts.ToPatch(change),
                    name: change.Name,
                    namespaceParameter: change.Namespace,
                    cancellationToken: stop).ConfigureAwait(false)));
    }

    public Task<bool> DeleteServiceAccountAsync(ServiceAccount account, CallContext call)
    {
        KubeName.RequireNamespace(account.Namespace);
        KubeName.RequireName("service account", account.Name, account.Namespace);
        return SendAsync(
            new ApiOperation("delete", "serviceaccounts", "service account", account.Namespace, account.Name),
            call,
            async (client, stop) =>
            {
                await client.CoreV1.DeleteNamespacedServiceAccountAsync(
                    name: account.Name,
                    namespaceParameter: account.Namespace,
                    body: Preconditions.Only(account.Uid),
                    cancellationToken: stop).ConfigureAwait(false);
                return true;
            });
    }

    private static string ListPath(ListQuery query, string? from)
    {
        var scope = query.Namespace is { } ns ? $"/namespaces/{ns}" : string.Empty;
        var path = new StringBuilder($"/api/v1{scope}/serviceaccounts?limit={PageSize}");
        Add("labelSelector", query.LabelSelector);
        Add("fieldSelector", query.FieldSelector);
        Add("continue", from);
        return path.ToString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                path.Append(CultureInfo.InvariantCulture, $"&{name}={Uri.EscapeDataString(value)}");
            }
        }
    }
}
