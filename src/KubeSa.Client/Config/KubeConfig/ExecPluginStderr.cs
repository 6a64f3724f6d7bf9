using System.Text;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>
/// What a credential plugin writes to its standard error. Where it goes on running, its words are told at once: it may
/// be waiting for the user to do what they say, such as to open a page and enter a code there.
/// </summary>
internal static class ExecPluginStderr
{
    private const int Most = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads all of it, for the failure that there may be.</summary>
    internal static async Task<string> ReadAsync(TextReader words, string command, CallContext call, CancellationToken stop)
    {
        var all = new StringBuilder();
        var told = 0;
        var buffer = new char[1024];
        while (true)
        {
            var reading = words.ReadAsync(buffer, stop).AsTask();
            if (told < all.Length && await Task.WhenAny(reading, Task.Delay(Patience, stop)).ConfigureAwait(false) != reading)
            {
                Tell(all.ToString(told, all.Length - told), command, call);
                told = all.Length;
            }

            var count = await reading.ConfigureAwait(false);
            if (count == 0)
            {
                return all.ToString();
            }

            all.Append(buffer, 0, Math.Min(count, Most - all.Length));
        }
    }

    private static void Tell(string text, string command, CallContext call)
    {
        if (SafeExcerpt.OfPlugin(text) is { } quote)
        {
            call.Notify(new WarningNotice($"The credential plugin '{command}' says: {quote}"));
        }
    }
}
