using KubeSa.Analysis.Use;

namespace KubeSa.Cmdlets;

/// <summary>Writes what a log shows, in the form that is asked for.</summary>
internal static class AccessUseAnswer
{
    internal static void Write(UseAggregate aggregate, AccessUseForm form, Action<object> write)
    {
        switch (form)
        {
            case AccessUseForm.Aggregate:
                write(AggregateJson.Write(aggregate));
                break;
            case AccessUseForm.Coverage:
                write(CoverageList.Of(aggregate.Coverage));
                break;
            default:
                foreach (var use in UseList.Of(aggregate))
                {
                    write(use);
                }

                break;
        }
    }
}
