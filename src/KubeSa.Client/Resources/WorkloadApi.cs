using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Resources;

/// <summary>Workloads and the account that their pods run as.</summary>
internal sealed class WorkloadApi(ApiCaller caller) : IWorkloadApi
{
    private const int MostPatches = 5;

    public Task<Workload> GetWorkloadAsync(WorkloadKind kind, string @namespace, string name, CallContext call)
    {
        RequireWorkload(kind, @namespace, name);
        return caller.SendAsync(Asking("get", kind, @namespace, name), call, (client, stop) => WorkloadResources.Of(kind).ReadAsync(client, @namespace, name, stop));
    }

    public async Task<Workload> SetWorkloadServiceAccountAsync(Workload before, string serviceAccount, CallContext call)
    {
        var (kind, ns, name) = (before.Kind, before.Namespace, before.Name);
        RequireWorkload(kind, ns, name);
        KubeName.RequireName("service account", serviceAccount, ns);
        if (before.ServiceAccount == serviceAccount)
        {
            return before;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await caller.SendAsync(
                    Asking("patch", kind, ns, name),
                    call,
                    (client, stop) => WorkloadResources.Of(kind).PatchAsync(client, before, WorkloadPatch.Of(before, serviceAccount), stop)).ConfigureAwait(false);
            }
            catch (KubeApiException conflict) when (conflict.Kind == FailureKind.Conflict)
            {
                // The controller's reports change the version all the time while pods come and go; the generation is
                // changed by those alone who want something else of the workload.
                var now = await GetWorkloadAsync(kind, ns, name, call).ConfigureAwait(false);
                Recreated.Refuse(kind.ToString(), $"{ns}/{name}", before.Uid, now.Uid);
                if (attempt == MostPatches || now.Generation != before.Generation)
                {
                    throw;
                }

                before = now;
            }
        }
    }

    private static void RequireWorkload(WorkloadKind kind, string @namespace, string name)
    {
        KubeName.RequireNamespace(@namespace);
        KubeName.RequireName(kind.ToString(), name, @namespace);
    }

    private static ApiOperation Asking(string verb, WorkloadKind kind, string ns, string name) =>
        new(verb, WorkloadResources.Of(kind).FullName, kind.ToString(), ns, name);
}
