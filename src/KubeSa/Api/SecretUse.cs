namespace KubeSa.Api;

/// <summary>A Secret that containers can read.</summary>
/// <param name="Secret">The name of the Secret.</param>
/// <param name="Volume">The volume it is in; null where it is in variables of the environment.</param>
/// <param name="Path">The file in which its token would be; null where it is in variables of the environment.</param>
public sealed record SecretUse(string Secret, string? Volume, string? Path);
