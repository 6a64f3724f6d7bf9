namespace KubeSa.Tests.Engine;

/// <summary>A sandbox that is like Kubernetes 1.20.</summary>
public sealed class LegacyFixture() : SandboxFixture("legacy");
