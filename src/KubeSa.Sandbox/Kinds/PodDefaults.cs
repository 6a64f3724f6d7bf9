using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Kinds;

/// <summary>What the server fills into a pod's spec, in a pod or in a template.</summary>
internal static class PodDefaults
{
    private static readonly string[] WithMode = ["secret", "configMap", "projected", "downwardAPI"];

    public static void Apply(JsonObject spec)
    {
        foreach (var container in Objects(spec["initContainers"]).Concat(Objects(spec["containers"])))
        {
            Container(container);
        }

        foreach (var volume in Objects(spec["volumes"]))
        {
            Volume(volume);
        }

        spec["restartPolicy"] ??= "Always";
        spec["terminationGracePeriodSeconds"] ??= 30;
        spec["dnsPolicy"] ??= "ClusterFirst";
        SameAccount(spec);
        spec["securityContext"] ??= new JsonObject();
        spec["schedulerName"] ??= "default-scheduler";
    }

    // The deprecated field and its successor always hold the same; the successor wins.
    private static void SameAccount(JsonObject spec)
    {
        var account = spec.Text("serviceAccountName") is { Length: > 0 } name ? name : spec.Text("serviceAccount");
        if (account is { Length: > 0 })
        {
            spec["serviceAccountName"] = account;
            spec["serviceAccount"] = account;
        }
    }

    private static void Container(JsonObject container)
    {
        container["resources"] ??= new JsonObject();
        container["terminationMessagePath"] ??= "/dev/termination-log";
        container["terminationMessagePolicy"] ??= "File";
        container["imagePullPolicy"] ??= PullPolicy(container.Text("image") ?? "");
        foreach (var port in Objects(container["ports"]))
        {
            port["protocol"] ??= "TCP";
        }

        foreach (var variable in Objects(container["env"]))
        {
            FieldReference(variable["valueFrom"]?["fieldRef"]);
        }
    }

    private static string PullPolicy(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        return name.Contains('@', StringComparison.Ordinal) || (name.Contains(':', StringComparison.Ordinal) && !name.EndsWith(":latest", StringComparison.Ordinal))
            ? "IfNotPresent"
            : "Always";
    }

    private static void Volume(JsonObject volume)
    {
        foreach (var name in WithMode)
        {
            if (volume[name] is JsonObject source)
            {
                source["defaultMode"] ??= 420;
            }
        }

        foreach (var source in Objects(volume["projected"]?["sources"]))
        {
            if (source["serviceAccountToken"] is JsonObject token)
            {
                token["expirationSeconds"] ??= 3600;
            }

            foreach (var item in Objects(source["downwardAPI"]?["items"]))
            {
                FieldReference(item["fieldRef"]);
            }
        }
    }

    private static void FieldReference(JsonNode? reference)
    {
        if (reference is JsonObject field)
        {
            field["apiVersion"] ??= "v1";
        }
    }

    internal static IEnumerable<JsonObject> Objects(JsonNode? list) => list is JsonArray array ? array.OfType<JsonObject>() : [];
}
