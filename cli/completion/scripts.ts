export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/** Each asks the command itself what fits, so that a script never grows old. File names are offered where nothing else fits. */
export const SCRIPTS: Record<Shell, string> = {
  bash: `# shellwego completion for bash: eval "$(shellwego completion bash)"
_shellwego() {
  local IFS=$'\\n' current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=($(shellwego __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _shellwego shellwego
`,
  zsh: `#compdef shellwego
# shellwego completion for zsh: eval "$(shellwego completion zsh)", or put this into a file _shellwego on your fpath
_shellwego() {
  local -a found
  found=("\${(@f)$(shellwego __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -a found; else _files; fi
}
if [ "\${funcstack[1]}" = "_shellwego" ]; then _shellwego "$@"; else compdef _shellwego shellwego; fi
`,
  fish: `# shellwego completion for fish: shellwego completion fish | source
function __shellwego_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (shellwego __complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c shellwego -f -a '(__shellwego_complete)'
`,
  powershell: `# shellwego completion for PowerShell: shellwego completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName shellwego -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  shellwego __complete -- @words "$wordToComplete" 2>$null | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`,
}
