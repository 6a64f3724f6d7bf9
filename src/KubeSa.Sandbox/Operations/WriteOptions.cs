using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Operations;

/// <summary>The query parameters of writes.</summary>
internal static class WriteOptions
{
    /// <summary>Throws the 422 of CreateOptions, UpdateOptions, PatchOptions or DeleteOptions.</summary>
    public static void Check(ApiRequest request, string options, params IEnumerable<FieldError> others)
    {
        var errors = others.ToList();
        var dryRun = request.Info.Query.TryGetValue("dryRun", out var values) ? values.Where(v => v is { Length: > 0 }).ToList() : [];
        if (dryRun.Exists(v => v != "All"))
        {
            var list = string.Join(request.State.ServerVersion.IsLegacy ? ", " : ",", dryRun.Select(v => $"\"{v}\""));
            errors.Add(FieldError.NotSupported("dryRun", request.State.ServerVersion.IsLegacy ? $"[]string{{{list}}}" : $"[{list}]", "All"));
        }

        if (errors.Count > 0)
        {
            throw FieldError.ToApiError("meta.k8s.io", options, "", errors);
        }
    }
}
