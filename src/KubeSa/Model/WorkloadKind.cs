namespace KubeSa;

/// <summary>The kinds of objects that hold a pod template.</summary>
public enum WorkloadKind : long
{
    /// <summary>apps/v1 Deployment.</summary>
    Deployment,

    /// <summary>apps/v1 StatefulSet.</summary>
    StatefulSet,

    /// <summary>apps/v1 DaemonSet.</summary>
    DaemonSet,

    /// <summary>batch/v1 CronJob.</summary>
    CronJob,

    /// <summary>batch/v1 Job; its pod template cannot be changed once it is made.</summary>
    Job,

    /// <summary>apps/v1 ReplicaSet.</summary>
    ReplicaSet,

    /// <summary>v1 ReplicationController, which came before Deployments.</summary>
    ReplicationController,
}
