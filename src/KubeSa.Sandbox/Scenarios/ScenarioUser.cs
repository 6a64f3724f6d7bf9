namespace KubeSa.Sandbox.Scenarios;

/// <summary>Somebody the kubeconfig has a context for: a service account, or nobody at all where that is null.</summary>
public sealed record ScenarioUser(string Context, string Namespace, string? ServiceAccount);

/// <summary>The deployment that the mount directory stands for: it holds what a pod of it sees.</summary>
public sealed record MountedDeployment(string Namespace, string Name);
