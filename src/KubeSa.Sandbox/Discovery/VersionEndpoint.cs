using System.Text.Json.Nodes;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Discovery;

/// <summary>/version: the release whose answers the sandbox gives.</summary>
internal sealed class VersionEndpoint : IEndpoint
{
    public bool Matches(RequestInfo info) => info.Path is "/version" or "/version/";

    public Task HandleAsync(ApiRequest request) => request.Info.Method == "GET"
        ? ResponseWriter.JsonAsync(request.Http, 200, request.State.ServerVersion.IsLegacy ? Legacy() : Modern())
        : throw ApiError.MethodNotAllowed();

    private static JsonObject Modern() => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "36",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "35",
        ["gitVersion"] = "v1.36.2",
        ["gitCommit"] = "98b35193b2ac7a23a673325f5e9b830ecd5ba406",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2026-08-21T00:00:00Z",
        ["goVersion"] = "go1.26.10",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };

    private static JsonObject Legacy() => new()
    {
        ["major"] = "1",
        ["minor"] = "20",
        ["gitVersion"] = "v1.20.2",
        ["gitCommit"] = "faecb196815e248d3ecfb03c680a4507229c2a56",
        ["gitTreeState"] = "archive",
        ["buildDate"] = "2023-01-01T00:00:00Z",
        ["goVersion"] = "go1.19.8",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };
}
