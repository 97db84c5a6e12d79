#!/bin/sh
# Fetches the files of other projects that our pages and papers show, each into a folder
# NAME-VERSION with its licence and checksums. Run by hand when a version changes; the result is
# committed.
set -eu

tabler=1.6.1
vendor=$(pwd)/thongsuot/web/static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch PACKAGE@VERSION FOLDER LICENCE FILE...: unpacks a package and keeps just these files of it
fetch() {
    package=$1 folder=$vendor/$2 licence=$3
    shift 3
    (cd "$work" && tar -xzf "$(npm pack --silent "$package")")
    rm -rf "$folder" && mkdir -p "$folder"
    for file in "$@"; do
        # Source maps are not shipped, and a link to a missing file stops collectstatic.
        sed 's|/\*# sourceMappingURL=.*\*/||' "$work/package/$file" >"$folder/$(basename "$file")"
    done
    cp "$licence" "$folder/LICENSE"
    (cd "$folder" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
    rm -rf "$work/package"
}

# The package says MIT and names its authors, but has no licence file of its own.
fetch "@tabler/core@$tabler" "tabler-$tabler" scripts/licences/tabler.txt dist/css/tabler.min.css

# Shows a process as it was drawn; its watermark stays, as its licence asks.
bpmn=18.31.1
fetch "bpmn-js@$bpmn" "bpmn-js-$bpmn" "$work/package/LICENSE" \
    dist/bpmn-navigated-viewer.production.min.js dist/assets/diagram-js.css dist/assets/bpmn-js.css

# Draws what the tables of a dashboard say; bars and lines are all that is asked of it.
echarts=6.1.0
fetch "echarts@$echarts" "echarts-$echarts" "$work/package/LICENSE" \
    dist/echarts.common.min.js NOTICE

# The typeface of screens: the same letters, Vietnamese ones too, on every office's machine.
inter=5.3.0
fetch "@fontsource-variable/inter@$inter" "inter-$inter" "$work/package/LICENSE" \
    files/inter-latin-wght-normal.woff2 files/inter-vietnamese-wght-normal.woff2

# The typeface of papers, with every Vietnamese letter and the widths of Times.
tinos=0.4.2
vendor=$(pwd)/thongsuot/paper/fonts
fetch "@expo-google-fonts/tinos@$tinos" "tinos-$tinos" "$work/package/LICENSE_FONT" \
    400Regular/Tinos_400Regular.ttf 400Regular_Italic/Tinos_400Regular_Italic.ttf \
    700Bold/Tinos_700Bold.ttf 700Bold_Italic/Tinos_700Bold_Italic.ttf

# Looks for what somebody without eyes or a mouse could not use; for the journeys, never shipped.
axe=4.14.1
vendor=$(pwd)/tests/journeys/vendor
fetch "axe-core@$axe" "axe-core-$axe" "$work/package/LICENSE" axe.min.js
