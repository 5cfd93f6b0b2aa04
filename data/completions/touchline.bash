# bash completion for touchline: the program itself knows what may stand where; files are bash's.
_touchline()
{
    local current=${COMP_WORDS[COMP_CWORD]} candidate
    COMPREPLY=()
    while IFS=$'\t' read -r candidate _; do
        COMPREPLY+=("$(printf '%q' "$candidate")")
    done < <(touchline __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [ "${#COMPREPLY[@]}" -eq 0 ] || [ "$COMP_CWORD" -eq 1 ]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r candidate; do
            COMPREPLY+=("$candidate")
        done < <(compgen -f -- "$current")
    fi
}
complete -F _touchline touchline
