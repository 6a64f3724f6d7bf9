namespace KubeSa.Cmdlets;

/// <summary>Which objects are followed.</summary>
/// <param name="Scope">Their namespaces; those that live in none match all.</param>
/// <param name="Name">Their names.</param>
/// <param name="Uid">The uid of the very one that was piped; null where a name was typed.</param>
internal sealed record WantedObject(NamePattern Scope, NamePattern Name, string? Uid)
{
    internal bool Matches(string ns, string name) => Name.Matches(name) && Scope.Matches(ns);

    /// <summary>As people name it.</summary>
    public override string ToString() => Scope.Text == "*" ? Name.Text : $"{Scope.Text}/{Name.Text}";
}
