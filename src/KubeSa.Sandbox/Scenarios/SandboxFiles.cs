namespace KubeSa.Sandbox.Scenarios;

/// <summary>The files a client needs, as full paths, and the names of the contexts in the kubeconfig.</summary>
public sealed record SandboxFiles(string CaFile, string KubeConfigFile, string MountPath, IReadOnlyList<string> Contexts);
