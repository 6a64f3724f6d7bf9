namespace KubeSa.Help;

/// <summary>A parameter of a cmdlet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Text">What it is for; a paragraph each.</param>
internal sealed record ParameterDescription(string Name, Type Type, IReadOnlyList<string> Text)
{
    /// <summary>Other names for it.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The values it takes; empty where it takes any.</summary>
    internal IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether it takes wildcards.</summary>
    internal bool Wildcards { get; init; }

    /// <summary>The value it has where it is not given; null where that is none.</summary>
    internal string? Default { get; init; }

    /// <summary>Whether it is there for the pipeline and not to be typed.</summary>
    internal bool Hidden { get; init; }

    /// <summary>How it is used in each of its parameter sets.</summary>
    internal required IReadOnlyList<ParameterUse> Uses { get; init; }

    internal bool IsSwitch => Type.Name == "SwitchParameter";

    /// <summary>The type as help shows it: String[], Int32, Connection.</summary>
    internal string TypeName => (Nullable.GetUnderlyingType(Type) ?? Type).Name;

    /// <summary>How it is used in a set; null where it is not part of that.</summary>
    internal ParameterUse? In(string? set) => Uses.FirstOrDefault(use => use.Set is null || use.Set == set);
}
