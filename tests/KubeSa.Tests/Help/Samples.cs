using KubeSa.Help;

namespace KubeSa.Tests.Help;

/// <summary>The sample cmdlet, read as the build reads those of the module.</summary>
internal static class Samples
{
    internal static CmdletDescription Cmdlet { get; } = new CmdletReader(XmlComments.Load(
        Path.Combine(AppContext.BaseDirectory, "KubeSa.Tests.xml"), typeof(SampleCommand).Assembly)).Read(typeof(SampleCommand));

    internal static HelpPage Page { get; } = PageReader.Read("Test-Sample.md", """
        # Test-Sample

        Tries `everything` and more,
        see [here](https://example.org/here).

        - one
        - two

        ## Example: Try it

        ```powershell legacy
        Test-Sample a |
            Out-Null
        ```

        ```output
        Name
        ----
        a
        ```

        It says `a`.

        ## Example: Try it again

        ```powershell
        Test-Sample b
        ```

        ## Notes

        It does nothing.

        ## Links

        - Get-Sample
        - [The web](https://example.org/)
        """);
}
