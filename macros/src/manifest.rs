//! The name under which a package depends on netcost.

use std::path::Path;
use std::{env, fs};

/// The name that replaces `netcost` in the manifest of the package that is compiled, if one does.
pub fn renamed() -> Option<String> {
    let folder = env::var_os("CARGO_MANIFEST_DIR")?;
    let manifest = |folder: &Path| fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let folder = Path::new(&folder);
    // A package can inherit the name from its workspace.
    renamed_in(&manifest(folder), || folder.ancestors().skip(1).map(manifest))
}

fn renamed_in<W: Iterator<Item = String>>(package: &str, workspaces: impl FnOnce() -> W) -> Option<String> {
    let names: Vec<&str> = dependencies(package).map(|(name, _)| name).collect();
    if names.contains(&"netcost") {
        return None;
    }
    let is_netcost = |&(_, value): &(&str, &str)| package_of(value) == Some("netcost");
    let name = dependencies(package).find(is_netcost).map(|(name, _)| name.to_owned()).or_else(|| {
        workspaces().find_map(|workspace| {
            let mut renamed = dependencies(&workspace).filter(is_netcost).map(|(name, _)| name.to_owned());
            renamed.find(|name| names.contains(&&**name))
        })
    });
    name.map(|name| name.replace('-', "_"))
}

/// The dependencies of a manifest: the name of each, and what is said of it. One with a table of its own has an entry for
/// each line of that.
fn dependencies(manifest: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut table = "";
    manifest.lines().filter_map(move |line| {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']').trim();
            return None;
        }
        let (key, value) = line.split_once('=')?;
        // `netcost.path = ".."`
        let name = key.split('.').next().unwrap_or_default().trim().trim_matches('"');
        match table.rsplit_once("dependencies")?.1 {
            "" => Some((name, value)),
            own => Some((own.trim_start_matches('.').trim_matches('"'), line)),
        }
    })
}

/// `netcost`, of `package = "netcost"`.
fn package_of(value: &str) -> Option<&str> {
    let (before, after) = value.split_once("package")?;
    let is_key = before.trim_end().is_empty() || before.trim_end().ends_with(['{', ',']);
    let after = after.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
    after.split('"').next().filter(|_| is_key)
}

#[cfg(test)]
mod tests {
    use super::renamed_in;

    fn renamed(package: &str, workspace: &str) -> Option<String> {
        renamed_in(package, || [workspace.to_owned()].into_iter())
    }

    #[test]
    fn the_name_is_that_of_the_manifest() {
        let nc = Some("nc".to_owned());
        assert_eq!(renamed("[dependencies]\nnc = { path = \"a\", package = \"netcost\" } # as nc", ""), nc);
        assert_eq!(renamed("[dev-dependencies.nc]\nversion = \"1\"\npackage = \"netcost\"", ""), nc);
        assert_eq!(renamed("[target.'cfg(unix)'.dependencies]\nnc = { package = \"netcost\" }", ""), nc);
        let workspace = "[workspace.dependencies]\nother = \"1\"\nnc = { package = \"netcost\", version = \"1\" }";
        assert_eq!(renamed("[dependencies]\nnc.workspace = true", workspace), nc);
        assert_eq!(renamed("[dependencies]\nnet-cost = { package = \"netcost\" }", ""), Some("net_cost".to_owned()));
    }

    #[test]
    fn a_package_that_renames_nothing_uses_the_usual_name() {
        assert_eq!(renamed("[dependencies]\nnetcost = { path = \"a\" }\nnc = { package = \"netcost\" }", ""), None);
        assert_eq!(renamed("[dependencies]\nnetcost.path = \"a\"", ""), None);
        assert_eq!(renamed("[package]\nname = \"netcost\"\n[features]\npackage = [\"netcost\"]", ""), None);
        assert_eq!(
            renamed("[dependencies]\nmine = \"1\"", "[workspace.dependencies]\nnc = { package = \"netcost\" }"),
            None
        );
        assert_eq!(renamed("[dependencies]\nsubpackage = \"netcost\"\n= \"\"\n[", ""), None);
    }
}
