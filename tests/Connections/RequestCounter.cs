using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;

namespace KubeSa.Tests
{
    /// <summary>
    /// Which servers this process has sent requests to, as the runtime's own meter counts them. Compiled by Pester's files, which
    /// cannot listen from a script: requests end on other threads.
    /// </summary>
    public static class RequestCounter
    {
        private static readonly ConcurrentQueue<KeyValuePair<int, string>> Seen = new ConcurrentQueue<KeyValuePair<int, string>>();
        private static MeterListener _listener;

        public static void Start()
        {
            _listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Name == "http.client.request.duration")
                    {
                        listener.EnableMeasurementEvents(instrument);
                    }
                },
            };
            _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                var known = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
                Seen.Enqueue(new KeyValuePair<int, string>((int)known["server.port"], (string)known["http.request.method"]));
            });
            _listener.Start();
        }

        /// <summary>The requests since the last time: the port of the server and the method.</summary>
        public static KeyValuePair<int, string>[] Take()
        {
            var taken = new List<KeyValuePair<int, string>>();
            while (Seen.TryDequeue(out var request))
            {
                taken.Add(request);
            }

            return taken.ToArray();
        }
    }
}
