namespace KubeSa.Help;

/// <summary>The parameters that PowerShell gives each cmdlet that changes something.</summary>
internal static class ShouldProcessParameters
{
    internal static IReadOnlyList<ParameterDescription> All { get; } =
    [
        Make("WhatIf", "wi", "Say what would be changed, and change nothing."),
        Make("Confirm", "cf", "Ask before each change; with -Confirm:$false, never ask."),
    ];

    private static ParameterDescription Make(string name, string alias, string text) => new(name, typeof(SwitchParameter), [text])
    {
        Aliases = [alias],
        Default = "False",
        Uses = [new ParameterUse(null, Mandatory: false, Position: null, ByValue: false, ByPropertyName: false)],
    };

    // Named as PowerShell's, whose own cannot be used here; help shows the name alone.
    private readonly struct SwitchParameter;
}
