using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeSa.Client.Http;

/// <summary>
/// The CA certificates that the system trusts, where they are a plain list of certificates: on Linux. The trust stores of
/// other systems hold distrust and conditions as well, so there the platform's own judgement is the only one.
/// </summary>
internal static class SystemRoots
{
    internal static IReadOnlyList<X509Certificate2> Read() =>
        OperatingSystem.IsLinux() ? [.. Read(StoreLocation.LocalMachine), .. Read(StoreLocation.CurrentUser)] : [];

    private static X509Certificate2Collection Read(StoreLocation location)
    {
        try
        {
            using var store = new X509Store(StoreName.Root, location);
            store.Open(OpenFlags.ReadOnly);
            return store.Certificates;
        }
        catch (CryptographicException)
        {
            // A store that cannot be read trusts nobody.
            return [];
        }
    }
}
