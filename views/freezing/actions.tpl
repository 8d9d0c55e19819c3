% # Buttons for a script: each asks the backend to do something to this row, like to laugh at a joke.
% for word in pressed:
<form data-presses="/api/{{plural}}/{{row.id}}/{{word}}"><button disabled{{!"" if word == pressed[0] else ' class="quiet"'}}>{{word.capitalize()}}<span class="unseen">, {{singular}} {{row.id}}</span></button></form>
% end
