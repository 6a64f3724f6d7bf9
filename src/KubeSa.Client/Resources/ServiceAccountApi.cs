using System.Globalization;
using System.Text;
using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Service accounts, read by one mapper whatever was asked.</summary>
internal sealed class ServiceAccountApi(ApiCaller caller, PagedLists lists) : IServiceAccountApi
{
    public Task<ServiceAccount> GetServiceAccountAsync(string @namespace, string name, CallContext call)
    {
        RequireNames(@namespace, name);
        return caller.GetAsync(
            new ApiOperation("get", "serviceaccounts", "service account", @namespace, name),
            call,
            PathOf(@namespace, name),
            ServiceAccountJson.Read);
    }

    public IAsyncEnumerable<Page<ServiceAccount>> ListServiceAccountsAsync(ListQuery query, CallContext call)
    {
        if (query.Namespace is not null)
        {
            KubeName.RequireNamespace(query.Namespace);
        }

        return lists.WalkAsync(
            new ApiOperation("list", "serviceaccounts", "service account", query.Namespace),
            call,
            (from, stop) => caller.ExchangeAsync(caller.Requests.Get(ListPath(query, from)), ServiceAccountJson.ReadPage, stop),
            account => $"{account.Namespace}/{account.Name}",
            account => account);
    }

    public IAsyncEnumerable<Page<ServiceAccountEvent>> ListServiceAccountEventsAsync(ServiceAccount account, CallContext call)
    {
        RequireNames(account.Namespace, account.Name);

        // By name and not by uid, which not every component that tells of an object gives.
        var fields = $"involvedObject.kind=ServiceAccount,involvedObject.name={account.Name}";
        return lists.ListAsync<Corev1Event, Corev1EventList, ServiceAccountEvent>(
            new ApiOperation("list", "events", "event", account.Namespace),
            call,
            (client, from, stop) => client.CoreV1.ListNamespacedEventAsync(
                namespaceParameter: account.Namespace,
                fieldSelector: fields,
                limit: PagedLists.PageSize,
                continueParameter: from,
                cancellationToken: stop),
            ServiceAccountEvents.ToModel);
    }

    public Task<ServiceAccount> CreateServiceAccountAsync(ServiceAccountSpec spec, CallContext call)
    {
        RequireNames(spec.Namespace, spec.Name);
        return caller.PostAsync(
            new ApiOperation("create", "serviceaccounts", "service account", spec.Namespace, spec.Name),
            call,
            $"/api/v1/namespaces/{spec.Namespace}/serviceaccounts",
            ServiceAccounts.ToJson(spec),
            ServiceAccountJson.Read);
    }

    public Task<ServiceAccount> ChangeServiceAccountAsync(ServiceAccountChange change, CallContext call)
    {
        RequireNames(change.Namespace, change.Name);
        return caller.PatchAsync(
            new ApiOperation("patch", "serviceaccounts", "service account", change.Namespace, change.Name),
            call,
            PathOf(change.Namespace, change.Name),
            ServiceAccounts.ToPatch(change),
            ServiceAccountJson.Read);
    }

    public Task<bool> DeleteServiceAccountAsync(ServiceAccount account, CallContext call)
    {
        RequireNames(account.Namespace, account.Name);
        return caller.SendAsync(
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

    private static void RequireNames(string ns, string name)
    {
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("service account", name, ns);
    }

    private static string PathOf(string ns, string name) => $"/api/v1/namespaces/{ns}/serviceaccounts/{name}";

    private static string ListPath(ListQuery query, string? from)
    {
        var scope = query.Namespace is { } ns ? $"/namespaces/{ns}" : string.Empty;
        var path = new StringBuilder($"/api/v1{scope}/serviceaccounts?limit={PagedLists.PageSize}");
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
