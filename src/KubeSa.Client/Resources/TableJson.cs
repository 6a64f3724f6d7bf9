using System.Globalization;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Json;

namespace KubeSa.Client.Resources;

/// <summary>
/// Reads a Table with its objects, or the list or the object that a server sends which makes no tables, from the bytes: the
/// objects are cut out, and no more is read of them than their names.
/// </summary>
internal static class TableJson
{
    /// <summary>How deep JSON may be nested: schemas of custom resources go deeper than the 64 levels that the library takes.</summary>
    internal const int MostLevels = 512;

    private static readonly ResourceColumn[] NameAlone = [new("Name", 0)];

    // As kubectl cuts a text that goes on in another line.
    private static readonly char[] LineEnds = ['\n', '\r', '\f'];

    /// <summary>A page of a list; where one object was asked for, a page of one.</summary>
    internal static ListPage<ResourceItem> ReadPage(ReadOnlySpan<byte> body) => ReadPage(body, new ResourceTable(NameAlone));

    /// <param name="body">The answer, or the object of an event.</param>
    /// <param name="table">The table that rows belong to whose columns are not told: those of a watch are told but once.</param>
    internal static ListPage<ResourceItem> ReadPage(ReadOnlySpan<byte> body, ResourceTable table)
    {
        var page = new PageParts { Table = table };
        var json = Reader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("An answer is not a JSON object.");
        }

        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "kind"u8))
            {
                json.Read();
                page.Kind = json.TokenType == JsonTokenType.String ? JsonFields.Value(ref json) : null;
            }
            else if (JsonFields.Is(ref json, "metadata"u8) && page.IsCollection)
            {
                ListMetadata(ref json, page);
            }
            else if (JsonFields.Is(ref json, "columnDefinitions"u8) && page.Kind == "Table")
            {
                Columns(ref json, page);
            }
            else if (JsonFields.Is(ref json, "rows"u8) && page.Kind == "Table")
            {
                Rows(ref json, page, body);
            }
            else if (JsonFields.Is(ref json, "items"u8) && page.IsCollection)
            {
                Items(ref json, page, body);
            }
            else
            {
                json.Skip();
            }
        }

        JsonFields.End(ref json);
        if (!page.IsCollection)
        {
            var single = Reader(body);
            single.Read();
            page.Add(Object(ref single, body, page.Table));
        }

        return new ListPage<ResourceItem>(page.Items, page.Continue, page.Remaining) { ResourceVersion = page.ResourceVersion, Unreadable = page.Unreadable };
    }

    internal static Utf8JsonReader Reader(ReadOnlySpan<byte> body) => new(body, new JsonReaderOptions { MaxDepth = MostLevels });

    private static void ListMetadata(ref Utf8JsonReader json, PageParts page)
    {
        if (!JsonFields.Enter(ref json))
        {
            return;
        }

        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "continue"u8))
            {
                page.Continue = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "remainingItemCount"u8))
            {
                page.Remaining = JsonFields.Number(ref json);
            }
            else if (JsonFields.Is(ref json, "resourceVersion"u8))
            {
                page.ResourceVersion = JsonFields.Text(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void Columns(ref Utf8JsonReader json, PageParts page)
    {
        if (!JsonFields.EnterArray(ref json))
        {
            return;
        }

        var columns = new List<ResourceColumn>();
        while (JsonFields.NextObject(ref json))
        {
            var (name, priority) = (string.Empty, 0L);
            while (JsonFields.NextField(ref json))
            {
                if (JsonFields.Is(ref json, "name"u8))
                {
                    name = JsonFields.Text(ref json) ?? string.Empty;
                }
                else if (JsonFields.Is(ref json, "priority"u8))
                {
                    priority = JsonFields.Number(ref json) ?? 0;
                }
                else
                {
                    json.Skip();
                }
            }

            columns.Add(new ResourceColumn(name, priority));
        }

        page.Table = new ResourceTable(columns);
    }

    private static void Rows(ref Utf8JsonReader json, PageParts page, ReadOnlySpan<byte> body)
    {
        if (!JsonFields.EnterArray(ref json))
        {
            return;
        }

        while (JsonFields.NextObject(ref json))
        {
            var start = json;
            try
            {
                page.Add(Row(ref json, page, body));
            }
            catch (FormatException failure)
            {
                // The reader is a value: back to where the row began, and past it.
                json = start;
                json.Skip();
                page.Unreadable.Add(failure.Message);
            }
        }
    }

    private static ResourceItem Row(ref Utf8JsonReader json, PageParts page, ReadOnlySpan<byte> body)
    {
        string[] cells = [];
        ResourceItem? item = null;
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "cells"u8))
            {
                cells = Cells(ref json, page.Table.Columns.Count);
            }
            else if (JsonFields.Is(ref json, "object"u8) && JsonFields.Enter(ref json))
            {
                item = Object(ref json, body, page.Table);
            }
            else
            {
                json.Skip();
            }
        }

        return item is null ? throw new FormatException("A row of the table has no object.") : item with { Cells = cells };
    }

    private static string[] Cells(ref Utf8JsonReader json, int count)
    {
        if (!JsonFields.EnterArray(ref json))
        {
            return [];
        }

        var cells = new List<string>(count);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            cells.Add(Cell(ref json));
        }

        return [.. cells];
    }

    /// <summary>As kubectl prints it.</summary>
    private static string Cell(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return OnOneLine(JsonFields.Value(ref json)!);
            case JsonTokenType.Null:
                return string.Empty;
            case JsonTokenType.Number:
                return json.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : json.GetDouble().ToString(CultureInfo.InvariantCulture);
            case JsonTokenType.True or JsonTokenType.False:
                return json.TokenType == JsonTokenType.True ? "true" : "false";
            default:
                using (var value = JsonDocument.ParseValue(ref json))
                {
                    return value.RootElement.GetRawText();
                }
        }
    }

    private static string OnOneLine(string text) =>
        text.IndexOfAny(LineEnds) is >= 0 and var end ? string.Concat(text.AsSpan(0, end), "...") : text;

    private static void Items(ref Utf8JsonReader json, PageParts page, ReadOnlySpan<byte> body)
    {
        if (!JsonFields.EnterArray(ref json))
        {
            return;
        }

        page.HasItems = true;
        while (JsonFields.NextObject(ref json))
        {
            var start = json;
            try
            {
                page.Add(Object(ref json, body, page.Table));
            }
            catch (FormatException failure)
            {
                json = start;
                json.Skip();
                page.Unreadable.Add(failure.Message);
            }
        }
    }

    /// <param name="json">At the beginning of the object, and afterwards at its end.</param>
    /// <param name="body">What the reader reads.</param>
    /// <param name="table">The table that it belongs to; what it shows is its name, until its row says more.</param>
    private static ResourceItem Object(ref Utf8JsonReader json, ReadOnlySpan<byte> body, ResourceTable table)
    {
        var start = (int)json.TokenStartIndex;
        var (ns, name) = (string.Empty, (string?)null);
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "metadata"u8) && JsonFields.Enter(ref json))
            {
                (ns, name) = Identity(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return name is null
            ? throw new FormatException("An object has no name.")
            : new ResourceItem(ns, name, body[start..(int)json.BytesConsumed].ToArray(), [name], table);
    }

    private static (string Namespace, string? Name) Identity(ref Utf8JsonReader json)
    {
        string? ns = null, name = null;
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "name"u8))
            {
                name = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "namespace"u8))
            {
                ns = JsonFields.Text(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return (ns ?? string.Empty, name);
    }

    private sealed class PageParts
    {
        internal string? Kind;
        internal string? Continue;
        internal string? ResourceVersion;
        internal long? Remaining;
        internal bool HasItems;
        internal required ResourceTable Table;

        internal List<ResourceItem> Items { get; } = [];

        internal List<string> Unreadable { get; } = [];

        internal void Add(ResourceItem item)
        {
            Table.Measure(item.Namespace, item.Cells);
            Items.Add(item);
        }

        internal bool IsCollection => HasItems || Kind is "Table" || Kind?.EndsWith("List", StringComparison.Ordinal) == true;
    }
}
