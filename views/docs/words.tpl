% for number, part in enumerate(words.split("`")):
{{!"<code>" if number % 2 else ""}}{{part}}{{!"</code>" if number % 2 else ""}}\\
% end
