namespace KubeSa.Rbac;

/// <summary>Bindings by whom they name, so that thousands of accounts need not each look through all of them.</summary>
internal sealed class BindingIndex
{
    private readonly Dictionary<string, List<Named>> _users = [];
    private readonly Dictionary<string, List<Named>> _groups = [];

    internal BindingIndex(IReadOnlyList<RoleBinding> bindings)
    {
        for (var order = 0; order < bindings.Count; order++)
        {
            foreach (var subject in bindings[order].Subjects)
            {
                var named = new Named(order, bindings[order], subject);
                if (subject.AsAccount is var (ns, name))
                {
                    Add(_users, ServiceAccountNames.UserName(ns, name), named);
                }
                else if (subject.Kind is "User" or "Group")
                {
                    Add(subject.Kind == "User" ? _users : _groups, subject.Name, named);
                }
            }
        }
    }

    /// <summary>The bindings that name the user or one of the groups, each once, in their order.</summary>
    internal IEnumerable<Named> For(string? user, IEnumerable<string> groups) =>
        (user is null ? [] : _users.GetValueOrDefault(user) ?? [])
        .Concat(groups.SelectMany(group => _groups.GetValueOrDefault(group) ?? []))
        .OrderBy(named => named.Order)
        .DistinctBy(named => named.Order);

    private static void Add(Dictionary<string, List<Named>> index, string name, Named named)
    {
        if (!index.TryGetValue(name, out var list))
        {
            index.Add(name, list = []);
        }

        list.Add(named);
    }

    /// <summary>A binding and the subject of it that counts.</summary>
    internal readonly record struct Named(int Order, RoleBinding Binding, RoleSubject Subject);
}
