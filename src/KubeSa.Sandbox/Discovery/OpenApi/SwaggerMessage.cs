using System.Text;

namespace KubeSa.Sandbox.Discovery.OpenApi;

/// <summary>Writes the message Document of OpenAPIv2.proto (openapi.v2, of the gnostic project); the numbers are those of its fields.</summary>
internal static class SwaggerMessage
{
    public static byte[] Of(string version, IEnumerable<PatchOperation> operations, IReadOnlyList<string> parameters)
    {
        byte[][] paths = [.. operations.Select(o => Field(2, Text(1, o.Path), Field(2, Operation(o, parameters))))];
        return [.. Text(1, "2.0"), .. Field(2, Text(1, "Kubernetes"), Text(2, version)), .. Field(8, paths)];
    }

    // PathItem.patch: its parameters, and whose it is as an extension in YAML.
    private static byte[] Operation(PatchOperation operation, IReadOnlyList<string> parameters)
    {
        var kind = $"group: \"{operation.Group}\"\nkind: {operation.Kind}\nversion: {operation.Version}\n";
        var extension = Field(13, Text(1, "x-kubernetes-group-version-kind"), Field(2, Text(2, kind)));
        return Field(8, [.. parameters.Select(Parameter), extension]);
    }

    // ParametersItem.parameter.non_body_parameter.query_parameter_sub_schema
    private static byte[] Parameter(string name) =>
        Field(8, Field(1, Field(2, Field(3, Text(2, "query"), Text(4, name), Text(6, name == "force" ? "boolean" : "string")))));

    private static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, params byte[][] content)
    {
        var bytes = new List<byte>();
        AddVarint(bytes, (uint)(number << 3) | 2);
        AddVarint(bytes, (uint)content.Sum(c => c.Length));
        foreach (var part in content)
        {
            bytes.AddRange(part);
        }

        return [.. bytes];
    }

    private static void AddVarint(List<byte> bytes, uint value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
