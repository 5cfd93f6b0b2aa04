# fish completion for touchline: the program itself knows what may stand where; files are fish's,
# offered where it knows nothing, and beside the verbs.
function __touchline_complete
    set -l found (touchline __complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
    set -q found[1]; and printf '%s\n' $found
    if not set -q found[1]; or test (count (commandline -opc)) -eq 1
        __fish_complete_path (commandline -ct)
    end
end
complete -c touchline -f -a '(__touchline_complete)'
