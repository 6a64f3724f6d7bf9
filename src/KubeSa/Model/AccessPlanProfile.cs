namespace KubeSa;

/// <summary>How close the roles of a plan keep to what was used.</summary>
public enum AccessPlanProfile : long
{
    /// <summary>The rights that were used and no others.</summary>
    Exact,

    /// <summary>Where two of get, list and watch were used, the third as well, since programs that hold a list up to date need all three.</summary>
    Reader,
}
