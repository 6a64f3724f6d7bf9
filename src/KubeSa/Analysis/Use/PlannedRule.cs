using System.Globalization;
using KubeSa.Api;

namespace KubeSa.Analysis.Use;

/// <summary>A rule of a new role, with the proof that it is needed.</summary>
/// <param name="Namespace">Where it counts; null for the whole cluster.</param>
/// <param name="Rule">What it allows.</param>
/// <param name="Uses">The uses that need it; empty for one that is kept for another reason.</param>
/// <param name="Reason">Why it is there beside the uses; null for no further reason.</param>
internal sealed record PlannedRule(string? Namespace, RoleRule Rule, IReadOnlyList<UsedRequest> Uses, string? Reason = null)
{
    /// <summary>The proof in one line.</summary>
    internal string Proof
    {
        get
        {
            var what = RuleText.Of([.. Rule.ApiGroups], [.. Rule.Resources], [.. Rule.ResourceNames], [.. Rule.NonResourceUrls]);
            var right = $"{string.Join(",", Rule.Verbs)} {what}";
            if (Uses.Count == 0)
            {
                return $"{right}: {Reason}";
            }

            var sample = Uses.Select(use => use.Stats.Sample).FirstOrDefault(id => id != Guid.Empty);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{right}: {Uses.Sum(use => use.Stats.Count)} uses, the last {CoverageText.Time(Uses.Max(use => use.Stats.Last))}{(sample == Guid.Empty ? string.Empty : $", such as audit id {sample}")}{(Reason is null ? string.Empty : $"; {Reason}")}");
        }
    }
}
