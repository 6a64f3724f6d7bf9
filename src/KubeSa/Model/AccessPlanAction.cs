namespace KubeSa;

/// <summary>What a plan does with an object.</summary>
public enum AccessPlanAction : long
{
    /// <summary>Create it.</summary>
    Create,

    /// <summary>Delete it.</summary>
    Delete,

    /// <summary>Take the account out of the subjects of a binding that others hold, too.</summary>
    RemoveSubject,
}
