using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Controllers;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Nodes;

/// <summary>
/// Runs the pods that are made through the API, for whoever asked for it: the container's command is really run, as a
/// process of this machine, if its program is pwsh. It takes one container a pod, runs it once, and shields it from
/// nothing: no image, no root of its own, no user of its own.
/// </summary>
internal sealed class LocalKubelet(SandboxState state) : IController, IDisposable
{
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    private readonly ResourceType _pods = state.Types.Get("", "pods");
    private readonly ConcurrentDictionary<string, ContainerProcess> _running = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new();

    // Known once the files of the sandbox are written, which is before anybody can make a pod.
    private PodFolders Folders => new(state, Path.Combine(Path.GetDirectoryName(state.Files!.MountPath)!, "pods"));

    /// <summary>What a pod's container has written; null where it has not run.</summary>
    public string? LogOf(StoredObject pod) => _running.TryGetValue(pod.Uid, out var process) ? process.Log : null;

    public void OnChange(StoreEvent change, IDelayedWork later)
    {
        if (change.Type != _pods || state.Files is null)
        {
            return;
        }

        if (change.Kind == ChangeKind.Deleted)
        {
            Remove(change.Object);
        }
        else if (change.Object.Content() is var pod && pod.Text("status", "phase") == "Pending" && pod.Text("spec", "nodeName") is { Length: > 0 } && _seen.TryAdd(change.Object.Uid, true))
        {
            Run(change.Object, pod, later);
        }
    }

    public void Dispose()
    {
        foreach (var process in _running.Values)
        {
            process.Dispose();
        }
    }

    private void Run(StoredObject stored, JsonObject pod, IDelayedWork later)
    {
        if (pod["spec"]!["containers"] is not JsonArray { Count: 1 } containers || containers[0] is not JsonObject container)
        {
            return;
        }

        var image = container.Text("image") ?? "";
        if (!Images.IsWellFormed(image))
        {
            Report(stored, container, "Pending", ContainerStates.Waiting("InvalidImageName", $"Failed to apply default image tag \"{image}\": couldn't parse image name \"{image}\": invalid reference format"));
        }
        else if (!Images.Exists(image))
        {
            Report(stored, container, "Pending", ContainerStates.Waiting("ErrImagePull", Images.Problem(image)));
            later.After(BackOff, () => Report(stored, container, "Pending", ContainerStates.Waiting("ImagePullBackOff", $"Back-off pulling image \"{image}\"")));
        }
        else if (RunsAsRoot(pod, container))
        {
            Report(stored, container, "Pending", ContainerStates.Waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root"));
        }
        else
        {
            StartContainer(stored, pod, container);
        }
    }

    // The images there are set no user.
    private static bool RunsAsRoot(JsonObject pod, JsonObject container)
    {
        JsonNode?[] contexts = [container["securityContext"], pod["spec"]!["securityContext"]];
        return contexts.Any(c => (bool?)c?["runAsNonRoot"] == true) && contexts.All(c => c?["runAsUser"] is null);
    }

    private void StartContainer(StoredObject stored, JsonObject pod, JsonObject container)
    {
        var (folders, problem) = Folders.Write(stored, pod, container);
        if (folders is null)
        {
            Report(stored, container, "Pending", ContainerStates.Waiting("CreateContainerConfigError", problem));
            return;
        }

        var variables = VariablesOf(container, folders);
        var command = ((container["command"] as JsonArray ?? []).Concat(container["args"] as JsonArray ?? []))
            .Select(part => Expansion.Expand((string)part!, variables)).ToList();
        var started = state.Time.Stamp();
        var process = command.FirstOrDefault() == "pwsh"
            ? ContainerProcess.Start("pwsh", command.Skip(1), variables, Folders.RootOf(stored), (ended, code) => End(stored, container, code, started))
            : null;
        if (process is null)
        {
            Report(stored, container, "Failed", ContainerStates.Terminated(
                128, "StartError", $"failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"{command.FirstOrDefault()}\": executable file not found in $PATH: unknown", started, started));
            return;
        }

        _running[stored.Uid] = process;
        Report(stored, container, "Running", ContainerStates.Running(started), unlessEnded: true);
    }

    private Dictionary<string, string> VariablesOf(JsonObject container, IReadOnlyDictionary<string, string> folders)
    {
        var server = new Uri(state.Url);
        var variables = new Dictionary<string, string>
        {
            ["KUBERNETES_SERVICE_HOST"] = server.Host,
            ["KUBERNETES_SERVICE_PORT"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        foreach (var variable in Kinds.PodDefaults.Objects(container["env"]))
        {
            variables[variable.Text("name")!] = PodFolders.Translate(Expansion.Expand(variable.Text("value") ?? "", variables), folders);
        }

        return variables;
    }

    private void End(StoredObject stored, JsonObject container, int code, string started) => Report(
        stored, container, code == 0 ? "Succeeded" : "Failed", ContainerStates.Terminated(code, code == 0 ? "Completed" : "Error", null, started, state.Time.Stamp()));

    private void Report(StoredObject stored, JsonObject container, string phase, JsonObject containerState, bool unlessEnded = false)
    {
        try
        {
            state.Store.Update(_pods, stored.Namespace, stored.Name, pod =>
            {
                if (pod.Text("metadata", "uid") != stored.Uid || (unlessEnded && pod.Text("status", "phase") is "Succeeded" or "Failed"))
                {
                    return pod;
                }

                var status = pod.Child("status");
                status["phase"] = phase;
                status["startTime"] ??= state.Time.Stamp();
                status["containerStatuses"] = new JsonArray(ContainerStates.StatusOf(container, containerState.DeepClone().AsObject()));
                return pod;
            });
        }
        catch (ApiError gone) when (gone.Code == 404)
        {
            // Deleted meanwhile, and so is its process.
        }
    }

    private void Remove(StoredObject pod)
    {
        if (_running.TryRemove(pod.Uid, out var process))
        {
            process.Dispose();
        }

        Folders.Delete(pod);
    }
}
