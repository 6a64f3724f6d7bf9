namespace KubeSa.Sandbox.Scenarios;

/// <summary>What a sandbox holds beyond an empty cluster.</summary>
public interface IScenario
{
    /// <summary>As typed by the user: modern, legacy, retired-key.</summary>
    string Name { get; }

    /// <summary>The server it is played on.</summary>
    ServerVersion ServerVersion { get; }

    /// <summary>Whom the kubeconfig has contexts for, besides the administrator.</summary>
    IReadOnlyList<ScenarioUser> Users { get; }

    /// <summary>Whose pod the mount directory shows; null for an empty mount.</summary>
    MountedDeployment? Mounted { get; }

    /// <summary>How old the cluster is.</summary>
    TimeSpan Age { get; }

    /// <summary>Puts the objects of the scenario into the store; the server does not answer yet.</summary>
    void Populate(SandboxState state);
}
