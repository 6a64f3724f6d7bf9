using System.Runtime.Loader;
using KubeSa.Help;

// Makes what Get-Help reads of what the build has compiled and of the pages beside it. Complains as compilers do, so
// that the build names the file and the line.
if (args is not [var assemblyFile, var commentsFile, var pagesFolder, var outputFile])
{
    Console.Error.WriteLine("usage: KubeSa.Help <assembly> <XML comments> <folder of pages> <help file to write>");
    return 2;
}

try
{
    var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(assemblyFile));
    var pages = PageReader.ReadFolder(pagesFolder);
    var cmdlets = new CmdletReader(XmlComments.Load(commentsFile, assembly)).ReadAll(assembly);
    var help = MamlDocument.Of(cmdlets, pages);
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(outputFile))!);
    help.Save(outputFile);
    return 0;
}
catch (HelpSourceException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
