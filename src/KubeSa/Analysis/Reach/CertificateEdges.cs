namespace KubeSa.Analysis.Reach;

/// <summary>Client certificates that one requests and approves oneself.</summary>
internal static class CertificateEdges
{
    private const string Signer = "kubernetes.io/kube-apiserver-client";
    private const string AnySigner = "kubernetes.io/*";

    internal static void Add(EdgeContext context, Holder holder)
    {
        foreach (var approve in holder.May(Questions.ApproveSigners).Where(right => right.Covers(Signer) || right.Covers(AnySigner)))
        {
            foreach (var request in holder.May(Questions.CreateRequests))
            {
                foreach (var approval in holder.May(Questions.ApproveRequests))
                {
                    context.Step(holder, context.V(VertexKind.AnyCertificate), "ClientCertificate", EdgeContext.Certain,
                        $"A certificate of the signer {Signer} for any name and group but system:masters can be requested and approved; it cannot be revoked.", request, approval, approve);
                }
            }
        }
    }
}
