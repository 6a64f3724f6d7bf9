using System.Text.RegularExpressions;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

public sealed class EvidenceTopicTests
{
    private static readonly string Topic = File.ReadAllText(Path.Combine(Repository.Root, "module", "help", "about_KubeSa_Evidence.help.txt"));

    [Fact]
    public void Tells_every_field_that_evidence_can_have()
    {
        var fields = new SortedSet<string>();
        Collect(typeof(AccessEvidence), fields, []);
        Assert.True(fields.Count > 50, "The walk no longer finds the fields.");
        Assert.DoesNotContain(fields, field => !Regex.IsMatch(Topic, $@"\b{field}\b"));
    }

    private static void Collect(Type type, SortedSet<string> fields, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return;
        }

        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            fields.Add(char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);
            var inner = property.PropertyType.IsGenericType ? property.PropertyType.GenericTypeArguments[0] : property.PropertyType;
            if (inner.Assembly == typeof(AccessEvidence).Assembly && !inner.IsEnum)
            {
                Collect(inner, fields, seen);
            }
        }
    }
}
