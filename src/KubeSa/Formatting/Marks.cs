using System.Text;

namespace KubeSa.Formatting;

/// <summary>Marks that a check or a report shows, in characters that the terminal has: other encodings than Unicode lack a tick.</summary>
internal readonly record struct Marks(string Pass, string Warn, string Fail, string Skip, string Arrow)
{
    private static readonly Marks Unicode = new("✔", "!", "✘", "-", "→");
    private static readonly Marks Ascii = new("+", "!", "x", "-", ">");

    /// <summary>Those for this process's output.</summary>
    internal static Marks Here => For(Console.OutputEncoding);

    internal static Marks For(Encoding output) => output.GetString(output.GetBytes(Unicode.All)) == Unicode.All ? Unicode : Ascii;

    private string All => Pass + Warn + Fail + Skip + Arrow;
}
