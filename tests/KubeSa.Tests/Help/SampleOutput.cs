namespace KubeSa.Tests.Help;

/// <summary>What comes of it.</summary>
public sealed class SampleOutput;
