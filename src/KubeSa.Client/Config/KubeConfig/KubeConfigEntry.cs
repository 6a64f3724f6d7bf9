namespace KubeSa.Client.Config.KubeConfig;

/// <summary>A named entry among the clusters, users or contexts. A class and no record, for it may hold credentials.</summary>
internal sealed class KubeConfigEntry(string name, KubeConfigNode fields)
{
    internal string Name { get; } = name;

    internal KubeConfigNode Fields { get; } = fields;
}
