namespace KubeSa.Tests.Engine;

/// <summary>The sandbox of the story.</summary>
public sealed class RetiredKeyFixture() : SandboxFixture("retired-key");
