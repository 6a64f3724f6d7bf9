using System.Text.RegularExpressions;

namespace KubeSa.Sandbox.Nodes;

/// <summary>The images that can be had: those whose program is PowerShell, since that is what this machine has.</summary>
internal static partial class Images
{
    private static readonly string[] Known = ["mcr.microsoft.com/powershell", "registry.example.com/kubesa"];

    public static bool IsWellFormed(string image) => Reference().IsMatch(image);

    public static bool Exists(string image) => Known.Contains(Repository(image));

    /// <summary>Why another cannot be pulled, as containerd says it.</summary>
    public static string Problem(string image) =>
        $"failed to pull and unpack image \"{image}\": failed to resolve reference \"{image}\": {image}: not found";

    private static string Repository(string image)
    {
        var bare = image.Split('@')[0];
        var colon = bare.LastIndexOf(':');
        return colon > bare.LastIndexOf('/') ? bare[..colon] : bare;
    }

    // Names are of small letters: github.com/distribution/reference.
    [GeneratedRegex(@"\A[a-z0-9]+([._:-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?\z")]
    private static partial Regex Reference();
}
